import assert from "node:assert/strict";
import { test } from "node:test";
import { parseMathml } from "./mathml.ts";

test("elements and texts are kept, attributes are not", () => {
  const source = '<math xmlns="http://x" onclick="alert(1)"><msup><mi mathvariant="b">c</mi><mn>2</mn></msup></math>';
  assert.deepEqual(parseMathml(source), {
    name: "math",
    children: [{ name: "msup", children: [{ name: "mi", children: ["c"] }, { name: "mn", children: ["2"] }] }],
  });
});

test("what is not allow-listed goes with all it holds", () => {
  const source =
    '<math><maction actiontype="statusline"><mi>a</mi></maction><mi>b</mi><script>alert(1)</script>' +
    '<annotation-xml><svg><mi>c</mi></svg></annotation-xml><a href="javascript:alert(1)"><mi>d</mi></a></math>';
  assert.deepEqual(parseMathml(source), { name: "math", children: [{ name: "mi", children: ["b"] }] });
});

test("entities are read once, never as markup", () => {
  assert.deepEqual(parseMathml("<math><mo>&lt;&#x3c;&#60;&amp;lt;&nope;</mo></math>")?.children, [
    { name: "mo", children: ["<<<&lt;&nope;"] },
  ]);
});

test("broken and missing formulas are null or closed", () => {
  assert.equal(parseMathml(""), null);
  assert.equal(parseMathml("<svg><math/></svg>"), null);
  assert.equal(parseMathml("<img src=x onerror=alert(1)>"), null);
  assert.deepEqual(parseMathml("<math><mi>x"), { name: "math", children: [{ name: "mi", children: ["x"] }] });
  assert.deepEqual(parseMathml("</mi><math/>"), { name: "math", children: [] });
});

test("depth is bounded and time is linear", () => {
  const deep = "<math>" + "<mrow>".repeat(20_000) + "<mi>x</mi>";
  assert.equal(parseMathml(deep)?.name, "math");
  assert.equal(parseMathml("<math " + 'a="'.repeat(20_000)), null);
});
