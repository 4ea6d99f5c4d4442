import assert from "node:assert/strict";
import { test } from "node:test";
import { boxesOf, hiddenBoxes, laserPoint, litAreas } from "./targets.ts";
import type { Box, Drawing, Mark } from "./work.ts";

function box(block: string, item: number | null, y: number, marks: Mark[] = [], role = "text"): Box {
  return { block, item, x: 50, y, width: 400, height: 40, role, label: "", mathml: "", marks };
}

const text: Mark = { type: "text", x: 70, y: 130, text: "Hi", width: 20, size: 20, font: "sans", bold: false, italic: false, colour: "#000000" };
const drawing: Drawing = {
  background: "#ffffff",
  boxes: [box("", null, 0), box("b", 0, 100, [text]), box("b", 1, 160), box("f", null, 300, [], "figure")],
};

test("an item is its own box, a block is all of its boxes, the unknown is none", () => {
  assert.deepEqual(boxesOf(drawing, { target: "b", item: 1 }), [drawing.boxes[2]]);
  assert.equal(boxesOf(drawing, { target: "b", item: null }).length, 2);
  assert.equal(boxesOf(drawing, { target: "f", item: 3 }).length, 1);
  assert.deepEqual(boxesOf(drawing, { target: "", item: null }), []);
  assert.deepEqual(boxesOf(drawing, { target: "nope", item: null }), []);
});

test("an unknown target hides and lights nothing", () => {
  assert.equal(hiddenBoxes(drawing, [{ target: "nope", item: null }]).size, 0);
  assert.deepEqual(litAreas(drawing, [{ target: "nope", item: null }]), []);
});

test("the light covers the whole target and stays on the canvas", () => {
  assert.deepEqual(litAreas(drawing, [{ target: "b", item: null }], new Set(), 60), [{ x: 2, y: 40, width: 508, height: 220 }]);
});

test("what is still hidden is not lit", () => {
  const hidden = hiddenBoxes(drawing, [{ target: "b", item: 1 }]);
  assert.deepEqual(litAreas(drawing, [{ target: "b", item: null }], hidden, 0), [{ x: 50, y: 100, width: 400, height: 40 }]);
});

test("the laser rests before words and inside figures", () => {
  assert.deepEqual(laserPoint(drawing, { target: "b", item: 0 }), { x: 58, y: 123.6 });
  assert.deepEqual(laserPoint(drawing, { target: "f", item: null }), { x: 250, y: 320 });
  assert.equal(laserPoint(drawing, { target: "nope", item: null }), null);
});
