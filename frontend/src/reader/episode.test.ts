import assert from "node:assert/strict";
import { test } from "node:test";
import { readEpisode, UnreadableEpisode } from "./episode.ts";

function read(page: Record<string, unknown>) {
  return readEpisode(JSON.stringify({ format: "scenewright.reader", version: 1, ...page }));
}

test("what is not an episode is refused, with the reason", () => {
  const reason = (json: string): string => {
    try {
      readEpisode(json);
    } catch (error) {
      if (error instanceof UnreadableEpisode) return error.reason;
    }
    return "";
  };
  assert.equal(reason("{"), "broken");
  assert.equal(reason("null"), "foreign");
  assert.equal(reason('{"format": "scenewright.classroom", "version": 1}'), "foreign");
  assert.equal(reason('{"format": "scenewright.reader", "version": 2}'), "newer");
  assert.equal(reason('{"format": "scenewright.reader"}'), "newer");
});

test("whatever is not of the expected form becomes harmless", () => {
  const odd = { script: { acts: [null, { scenes: [7, { elements: ["x", { type: "?" }], slug: 3 }] }], cast: "x" }, jokes: [[]], edited: 5 };
  const found = read({ episode: { ...odd, quality: { quality: "high", parts: [1] } }, timing: [1, { start: -4, end: "x" }], audio: 9, breakdown: [] });
  assert.equal(found.acts.length, 2);
  assert.equal(found.acts[1]?.scenes[1]?.elements.length, 2);
  assert.deepEqual([found.quality?.quality, found.quality?.parts[0]?.value], [0, null]);
  assert.deepEqual(found.timing[1], { scene: "", element: "", start: 0, end: 0 });
  assert.equal(found.audio, "");
});

test("the sound is a file beside the page and nothing else", () => {
  const audio = (path: string) => read({ episode: {}, audio: path }).audio;
  assert.equal(audio("audio/table-read.mp3"), "audio/table-read.mp3");
  for (const bad of ["http://x/a.mp3", "//x/a.mp3", "../a.mp3", "/a.mp3", "data:audio/mp3,x", "javascript:x"]) assert.equal(audio(bad), "");
});

test("scenes and lines of the same id are told apart", () => {
  const line = { type: "action", id: "d", text: "x" };
  const scene = { id: "s", elements: [line, line] };
  const found = read({ episode: { script: { acts: [{ scenes: [scene] }, { scenes: [scene] }] } } });
  assert.deepEqual(found.acts.map((act) => act.scenes[0]?.id), ["s", "s~2"]);
  assert.deepEqual(found.acts[0]?.scenes[0]?.elements.map((each) => each.id), ["d", "d~2"]);
});

test("the table read is in the order of its starts", () => {
  const found = read({ episode: {}, timing: [{ scene: "b", start: 2, end: 3 }, { scene: "a", start: 1, end: 2 }] });
  assert.deepEqual(found.timing.map((each) => each.scene), ["a", "b"]);
});

test("a heading is put together from its parts", () => {
  const heading = (slug: object) => read({ episode: { script: { acts: [{ scenes: [{ slug }] }] } } }).acts[0]?.scenes[0]?.slug;
  assert.equal(heading({ interior: "INT.", place: "Quay", time: "Night" }), "INT. Quay - Night");
  assert.equal(heading({ interior: "EXT.", place: "Quay", time: "" }), "EXT. Quay");
  assert.equal(heading({}), "");
});
