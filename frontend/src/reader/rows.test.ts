import assert from "node:assert/strict";
import { test } from "node:test";
import type { Act, Dialogue, Element, Problem, Scene } from "./episode.ts";
import { aside, cueText, entriesOf, heightOf, rowsOf, speakers } from "./rows.ts";

function say(id: string, character: string, more: Partial<Dialogue> = {}): Dialogue {
  return { type: "dialogue", id, character, text: id, extension: "", parenthetical: "", dual: false, ...more };
}
const look: Element = { type: "action", id: "d", text: "They look.", camera: false };
const cut: Element = { type: "transition", id: "t", text: "CUT TO:" };
const scene = (id: string, elements: readonly Element[] = []): Scene => ({ id, number: id, title: "", synopsis: "", slug: "INT. X", elements });

function shape(elements: readonly Element[]): string[] {
  return rowsOf(elements).map((row) => {
    if (row.type === "pair") return `${row.left.speech.id}|${row.right.speech.id}`;
    return row.type === "line" ? row.element.id : row.cue.speech.id + (row.cue.continued ? "+" : "");
  });
}

test("two at once stand side by side; a third begins anew", () => {
  const dual = { dual: true };
  assert.deepEqual(shape([say("a", "x"), say("b", "y", dual), say("c", "z", dual)]), ["a|b", "c"]);
  assert.deepEqual(shape([say("a", "x"), say("b", "y", dual), say("c", "z", dual), say("d", "x", dual)]), ["a|b", "c|d"]);
});

test("with nothing beside it, a line for two is a line", () => {
  assert.deepEqual(shape([look, say("a", "x", { dual: true })]), ["d", "a"]);
  assert.deepEqual(shape([]), []);
});

test("who goes on after a direction is continued, but not after a cut or a pair", () => {
  assert.deepEqual(shape([say("a", "x"), look, say("b", "x"), cut, say("c", "x")]), ["a", "d", "b+", "t", "c"]);
  assert.deepEqual(shape([say("a", "x"), say("b", "y", { dual: true }), say("c", "y")]), ["a|b", "c"]);
  assert.deepEqual(shape([say("a", "x"), look, say("b", "y")]), ["a", "d", "b"]);
});

test("a cue has the name in capitals, and what else belongs to it", () => {
  const names = new Map([["x", "Ines"]]);
  const speech = say("a", "x", { extension: "(O.S.)" });
  assert.equal(cueText({ speech, continued: true }, names), "INES (O.S.) (CONT’D)");
  assert.equal(cueText({ speech: say("a", "nobody"), continued: false }, names), "NOBODY");
  assert.equal(aside(" (softly) "), "softly");
  assert.equal(aside("to (both) of them"), "to (both) of them");
});

test("the place kept for a scene grows with its lines and their length", () => {
  assert.equal(heightOf(scene("s")), 1);
  assert.equal(heightOf(scene("s", [say("a", "x"), look])), 6);
  assert.ok(heightOf(scene("s", [say("a", "x", { text: "word ".repeat(40) })])) > 8);
});

test("who speaks, in order, once", () => {
  assert.deepEqual(speakers(scene("s", [say("a", "y"), look, say("b", "x"), say("c", "y")])), ["y", "x"]);
});

const acts = (...ids: string[][]): Act[] => ids.map((each, at) => ({ name: `ACT ${at + 1}`, scenes: each.map((id) => scene(id)) }));
const lost = (id: string): Problem => ({ scene: id, title: id, status: "failed", problem: "" });
const plan = (text: string) => text.split(" ").map((each) => ({ id: each.slice(1), act: `ACT ${each[0]}` }));
function order(found: ReturnType<typeof entriesOf>): string {
  return found.map((entries) => entries.map((each) => ("scene" in each ? each.scene.id : `!${each.problem.scene}`)).join(" ")).join(" / ");
}

test("a missing scene stands where the plan has it", () => {
  assert.equal(order(entriesOf(acts(["a", "c"], ["e"]), [lost("d"), lost("b")], plan("1a 1b 1c 2d 2e"))), "a !b c / !d e");
});

test("the missing last scene of an act stays in its act", () => {
  assert.equal(order(entriesOf(acts(["a"], ["c"]), [lost("b")], plan("1a 1b 2c"))), "a !b / c");
});

test("what the plan does not know comes last, and nothing is lost without any act", () => {
  assert.equal(order(entriesOf(acts(["a"], ["c"]), [lost("x"), lost("y")], plan("1a 2c"))), "a / c !x !y");
  assert.equal(order(entriesOf([], [lost("x")], [])), "!x");
  assert.deepEqual(entriesOf([], [], []), []);
});
