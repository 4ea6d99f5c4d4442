import assert from "node:assert/strict";
import { test } from "node:test";
import { safePath } from "../common/json.ts";
import { readWork, UnreadableWork } from "./work.ts";

const least = { format: "scenewright.classroom", version: 1 };

function reason(json: string): string {
  try {
    readWork(json);
  } catch (error) {
    if (error instanceof UnreadableWork) return error.reason;
    throw error;
  }
  return "readable";
}

test("what cannot be read says why", () => {
  assert.equal(reason("{"), "broken");
  assert.equal(reason("[]"), "foreign");
  assert.equal(reason('{"format":"other","version":1}'), "foreign");
  assert.equal(reason(JSON.stringify({ ...least, version: 2 })), "newer");
  assert.equal(reason(JSON.stringify(least)), "readable");
});

test("values of the wrong form become harmless", () => {
  const mark = { type: "path", data: "M0 0 url(x)", fill: "red;", stroke: "#12345g", stroke_width: "9" };
  const boxes = [{ marks: [mark, { type: "script", text: 7 }], item: -1, x: "0", width: -5 }];
  const scenes = [{ id: 1, title: null, pages: [{ background: "url(x)", boxes }], beats: "no" }];
  const page = readWork(JSON.stringify({ ...least, scenes })).scenes[0]?.pages[0];
  assert.equal(page?.background, "#ffffff");
  const box = page?.boxes[0];
  assert.deepEqual([box?.item, box?.x, box?.width], [null, 0, 0]);
  assert.deepEqual(box?.marks[0], { type: "path", data: "", fill: "none", stroke: "none", strokeWidth: 1 });
  assert.equal(box?.marks[1]?.type, "text");
});

test("only plain relative paths are addresses", () => {
  for (const good of ["audio/a-1.ogg", "images/x.y.png", "a.wav"]) assert.equal(safePath(good), good);
  const bad = ["javascript:alert(1)", "http://x/y", "//x/y", "/etc/passwd", "../up", "a/../b", "a//b", "a b", ".x", "a?b", "a#b", "a\\b", "a%2fb", 7];
  for (const each of bad) assert.equal(safePath(each), "", String(each));
});

test("twins are told apart", () => {
  const question = { id: "q", type: "single", prompt: "?", options: [{ id: "a" }, { id: "a" }], answers: ["a"] };
  const scenes = [1, 2, 3].map(() => ({ id: "s", content: { type: "quiz", questions: [question, question] } }));
  const work = readWork(JSON.stringify({ ...least, scenes }));
  assert.deepEqual(work.scenes.map((scene) => scene.id), ["s", "s~2", "s~3"]);
  const questions = work.scenes[2]?.quiz?.questions ?? [];
  assert.deepEqual(questions.map((each) => each.id), ["q", "q~2"]);
  assert.deepEqual(questions[0]?.options.map((option) => option.id), ["a", "a~2"]);
});
