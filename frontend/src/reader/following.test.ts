import assert from "node:assert/strict";
import { test } from "node:test";
import type { Moment } from "./episode.ts";
import { anchor, lastBegun, lengthOf, readAt, sceneStarts, sceneStep, startOf } from "./following.ts";

function moment(scene: string, element: string, start: number, end: number): Moment {
  return { scene, element, start, end };
}

const timing: readonly Moment[] = [
  moment("s1", "", 0.5, 1.5),
  moment("s1", "d1", 2, 4),
  moment("s1", "l1", 4.5, 7),
  moment("s1", "l2", 4.5, 6), // at the same time
  moment("s2", "", 8, 9),
  moment("s2", "l1", 9.5, 10),
];
const names = (found: readonly Moment[]): string[] => found.map(({ scene, element }) => `${scene}/${element}`);

test("nothing is read before the first line", () => {
  assert.deepEqual(readAt(timing, 0), []);
  assert.deepEqual(readAt([], 3), []);
});

test("a line is read from its start, and through the silence after it", () => {
  assert.deepEqual(names(readAt(timing, 0.5)), ["s1/"]);
  assert.deepEqual(names(readAt(timing, 1.9)), ["s1/"]);
  assert.deepEqual(names(readAt(timing, 2)), ["s1/d1"]);
  assert.deepEqual(names(readAt(timing, 99)), ["s2/l1"]);
});

test("two who speak at once are read at once, as long as both do", () => {
  assert.deepEqual(names(readAt(timing, 5)), ["s1/l1", "s1/l2"]);
  assert.deepEqual(names(readAt(timing, 6.5)), ["s1/l1", "s1/l2"]);
  assert.deepEqual(names(readAt(timing, 7.5)), ["s1/l2"]);
});

test("at every time the last moment is the last that has begun", () => {
  for (let time = -1; time < 12; time += 0.05) {
    assert.equal(lastBegun(timing, time), timing.filter((each) => each.start <= time).length - 1);
  }
});

test("a line starts where it is read; a scene with the first thing read in it", () => {
  assert.equal(startOf(timing, "s1", "l2"), 4.5);
  assert.equal(startOf(timing, "s2"), 8);
  assert.equal(startOf(timing.filter((each) => each.element), "s2"), 9.5); // no narrator
  assert.equal(startOf(timing, "s1", "shot"), undefined);
  assert.equal(startOf(timing, "s9"), undefined);
});

test("previous is the beginning of a scene that has run for a while, else the scene before", () => {
  assert.deepEqual(sceneStarts(timing), [{ scene: "s1", start: 0.5 }, { scene: "s2", start: 8 }]);
  assert.equal(sceneStep(timing, 5, 1), 8);
  assert.equal(sceneStep(timing, 8, 1), undefined);
  assert.equal(sceneStep(timing, 9, -1), 0.5);
  assert.equal(sceneStep(timing, 11.5, -1), 8);
  assert.equal(sceneStep(timing, 0, -1), 0.5);
  assert.equal(sceneStep([], 5, -1), undefined);
});

test("the read is as long as its last moment", () => {
  assert.equal(lengthOf(timing), 10);
  assert.equal(lengthOf([]), 0);
});

test("no two places have the same anchor, whatever their ids are", () => {
  const ids = ["", "a", "a/b", "b", "a%2Fb", '"><script>', "é 你", "at:"];
  const anchors = ids.flatMap((scene) => ids.map((element) => anchor(scene, element)));
  assert.equal(new Set(anchors).size, anchors.length);
  assert.doesNotMatch(anchors.join(""), /[\s"<>]/);
  assert.equal(anchor("\ud800", "x\udc00"), anchor("\ufffd", "x\ufffd"));
});
