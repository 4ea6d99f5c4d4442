import assert from "node:assert/strict";
import { test } from "node:test";
import { isAnswered, isRight, normalise, score } from "./grading.ts";
import type { Question } from "./work.ts";

function question(type: Question["type"], answers: string[], points = 1): Question {
  const options = ["a", "b", "c"].map((id) => ({ id, text: id }));
  return { id: type, type, prompt: "?", options, answers, explanation: "", points };
}

test("a choice is right when it is exactly the answer", () => {
  assert.ok(isRight(question("single", ["b"]), ["b"]));
  assert.ok(!isRight(question("single", ["b"]), ["a"]));
  assert.ok(isRight(question("multiple", ["a", "c"]), ["c", "a"]));
  assert.ok(!isRight(question("multiple", ["a", "c"]), ["a"]));
  assert.ok(!isRight(question("multiple", ["a", "c"]), ["a", "b", "c"]));
});

test("short answers ignore case, spaces and punctuation", () => {
  const short = question("short", ["Self-attention", "O(n log n)", "-5", "C++"]);
  for (const given of [" self attention. ", "SELFATTENTION", "Self‐attention", "o( n log n )", "-5", "c++", "“C++”"]) {
    assert.ok(isRight(short, [given]), given);
  }
  for (const given of ["", "  ", "...", "attention", "5", "c"]) assert.ok(!isRight(short, [given]), given);
});

test("an answer made of signs alone is compared as it is", () => {
  assert.ok(isRight(question("short", ["&&"]), [" && "]));
  assert.ok(!isRight(question("short", ["&&"]), ["||"]));
  assert.equal(normalise("ÄRGER"), normalise("ärger"));
});

test("whether something is answered", () => {
  assert.ok(!isAnswered(question("short", ["x"]), [" "]));
  assert.ok(isAnswered(question("single", ["a"]), ["b"]));
  assert.ok(!isAnswered(question("multiple", ["a"]), []));
});

test("points add up", () => {
  const quiz = { title: "", intro: "", questions: [question("single", ["a"], 2), question("multiple", ["b"], 3)] };
  assert.deepEqual(score(quiz, (each) => each.type === "single"), { got: 2, of: 5 });
});
