import assert from "node:assert/strict";
import { test } from "node:test";
import { BREATH, CLOSING_HOLD, PAGE_HOLD, PROBLEM_HOLD, estimate, segmentAt, split, trackOf, viewAt } from "./timeline.ts";
import type { Action, Beat, Drawing, Scene } from "./work.ts";

const page: Drawing = { background: "#ffffff", boxes: [] };

function say(id: string, duration: number, onPage = 0, text = "One. Two."): Beat {
  return { action: { type: "speech", id, speaker: "t", text }, page: onPage, voiced: { src: `audio/${id}.ogg`, duration, cues: [] } };
}

function point(type: "spotlight" | "laser" | "reveal", target: string, item: number | null = null): Beat {
  const action: Action = { type, id: `${type}-${target}`, target, item };
  return { action, page: 0, voiced: null };
}

function scene(beats: Beat[], pages = 1, extra: Partial<Scene> = {}): Scene {
  const drawings = Array.from({ length: pages }, () => page);
  return { id: "s", title: "S", failed: false, problem: "", quiz: null, pages: drawings, beats, ...extra };
}

test("speeches follow one another with a breath between", () => {
  const track = trackOf(scene([say("a", 2), say("b", 3)]));
  assert.deepEqual(track.segments.map(({ start, end }) => [start, end]), [[0, 2], [2 + BREATH, 5 + BREATH]]);
  assert.ok(Math.abs(track.duration - (5 + 2 * BREATH)) < 1e-9);
});

test("a pointer takes effect with the next speech and leaves with it", () => {
  const track = trackOf(scene([say("a", 2), point("spotlight", "b", 1), say("c", 2), say("d", 2)]));
  assert.deepEqual(viewAt(track, 1.9).spotlights, []);
  assert.deepEqual(viewAt(track, 2.4).spotlights, [{ target: "b", item: 1 }]);
  assert.deepEqual(viewAt(track, 5).spotlights, []);
});

test("lasers before one speech share its time", () => {
  const track = trackOf(scene([point("laser", "a"), point("laser", "b"), say("s", 4)]));
  assert.equal(viewAt(track, 1).laser?.target, "a");
  assert.equal(viewAt(track, 3).laser?.target, "b");
  assert.equal(viewAt(track, 4.2).laser?.target, "b");
});

test("what a reveal names is hidden until then, and stays", () => {
  const track = trackOf(scene([say("a", 2), point("reveal", "b", 0), say("c", 2), point("reveal", "b", 1), say("d", 2)]));
  assert.deepEqual(viewAt(track, 0).hidden.map(({ item }) => item), [0, 1]);
  assert.deepEqual(viewAt(track, 3).hidden.map(({ item }) => item), [1]);
  assert.deepEqual(viewAt(track, 6).hidden, []);
});

test("a second reveal of the same thing does not hide it again", () => {
  const track = trackOf(scene([point("reveal", "b"), say("a", 2), point("reveal", "b"), say("c", 2)]));
  assert.deepEqual(viewAt(track, 1).hidden, []);
});

test("actions after the last speech are held at the end", () => {
  const track = trackOf(scene([say("a", 2), point("spotlight", "b")]));
  assert.equal(track.duration, 2 + BREATH + CLOSING_HOLD);
  assert.deepEqual(viewAt(track, track.duration).spotlights, [{ target: "b", item: null }]);
});

test("pages turn with the beats, and pages nobody speaks to are shown too", () => {
  const track = trackOf(scene([say("a", 2, 0), say("b", 2, 2)], 4));
  assert.deepEqual(track.segments.map((segment) => segment.page), [0, 1, 2, 3]);
  assert.equal(track.duration, 4 + 2 * BREATH + 2 * PAGE_HOLD);
});

test("a pointer before a held page still belongs to its speech", () => {
  const track = trackOf(scene([point("spotlight", "x"), say("b", 2, 1)], 2));
  assert.deepEqual(track.segments.map((segment) => segment.spotlights.length), [0, 1]);
});

test("a page index beyond the pages shows the last page", () => {
  assert.equal(viewAt(trackOf(scene([say("a", 1, 9)], 1)), 0).page, 0);
});

test("a failed scene is its problem for a while", () => {
  const track = trackOf(scene([say("a", 60)], 1, { failed: true }));
  assert.equal(track.duration, PROBLEM_HOLD);
  assert.equal(segmentAt(track, 1), null);
});

test("an empty scene has no length", () => {
  const track = trackOf(scene([], 0));
  assert.deepEqual(viewAt(track, 0), { page: 0, spoken: null, caption: "", spotlights: [], laser: null, hidden: [] });
});

test("captions without cues are split at sentences and fill the speech", () => {
  const cues = split("First one. Second, longer one! 第三。", 10);
  assert.deepEqual(cues.map((cue) => cue.text), ["First one.", "Second, longer one!", "第三。"]);
  assert.equal(cues[0]?.start, 0);
  assert.ok(Math.abs((cues.at(-1)?.end ?? 0) - 10) < 1e-9);
});

test("the caption is the cue that began last, through the breath", () => {
  const track = trackOf(scene([say("a", 4)]));
  assert.equal(viewAt(track, 0).caption, "One.");
  assert.equal(viewAt(track, 3.9).caption, "Two.");
  assert.equal(viewAt(track, 4.3).caption, "Two.");
});

test("a speech without a clip takes the time its text needs", () => {
  const bare: Beat = { action: { type: "speech", id: "x", speaker: "t", text: "a".repeat(150) }, page: 0, voiced: null };
  assert.equal(trackOf(scene([bare])).duration, 10 + BREATH);
  assert.equal(estimate("汉".repeat(9)), 2);
});
