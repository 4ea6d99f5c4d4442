import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseInline, plainInline } from "./inline.ts";

interface Case {
  readonly text: string;
  readonly spans: unknown;
}

const file = new URL("../../../tests/player/inline_cases.json", import.meta.url);
const cases = JSON.parse(readFileSync(file, "utf8")) as readonly Case[];

for (const { text, spans } of cases) {
  test(`reads as the Python side does: ${JSON.stringify(text)}`, () => assert.deepEqual(parseInline(text), spans));
}

test("plain words lose their marks", () => assert.equal(plainInline("a **b** `c` $d$ \\*e"), "a b c d *e"));
