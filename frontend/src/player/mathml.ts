/**
 * Presentation MathML read by a small parser of our own into names and texts: allow-listed elements only, no
 * attribute survives, nothing is ever handed to the browser's own parsers.
 */

export interface MathNode {
  readonly name: string;
  readonly children: readonly (MathNode | string)[];
}

const ALLOWED = new Set(
  (
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom menclose " +
    "msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd"
  ).split(" "),
);
const TOKEN = /<(?<close>\/?)(?<name>[a-zA-Z][\w:.-]*)(?<rest>(?:"[^"]*"|'[^']*'|[^"'>])*)>|<[^>]*>|(?<text>[^<]+)|</gu;
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const MAX_DEPTH = 60;

interface Open {
  readonly name: string;
  readonly keep: boolean;
  readonly children: (MathNode | string)[];
}

/** The `math` element of this source, or null if there is none. What is not allow-listed goes, with all it holds. */
export function parseMathml(source: string): MathNode | null {
  const root: Open = { name: "", keep: true, children: [] };
  const stack: Open[] = [root];
  for (const { groups } of source.matchAll(TOKEN)) {
    const top = stack.at(-1) ?? root;
    if (groups?.["text"] !== undefined) {
      if (top.keep && groups["text"].trim()) top.children.push(decode(groups["text"]));
    } else if (groups?.["name"] !== undefined) {
      if (groups["close"]) close(stack, groups["name"]);
      else open(stack, groups["name"], (groups["rest"] ?? "").trimEnd().endsWith("/"));
    }
  }
  while (stack.length > 1) settle(stack);
  const first = root.children.find((child) => typeof child !== "string");
  return first && first.name === "math" ? first : null;
}

function open(stack: Open[], name: string, empty: boolean): void {
  const keep = (stack.at(-1)?.keep ?? false) && ALLOWED.has(name) && stack.length < MAX_DEPTH;
  stack.push({ name, keep, children: [] });
  if (empty) settle(stack);
}

function close(stack: Open[], name: string): void {
  if (!stack.some((element, depth) => depth > 0 && element.name === name)) return;
  while (stack.length > 1 && stack.at(-1)?.name !== name) settle(stack);
  settle(stack);
}

function settle(stack: Open[]): void {
  const done = stack.pop();
  if (done?.keep) stack.at(-1)?.children.push({ name: done.name, children: done.children });
}

function decode(text: string): string {
  return text.replace(/&(?:#x(?<hex>[0-9a-fA-F]{1,6})|#(?<dec>\d{1,7})|(?<name>\w+));/gu, (whole: string, hex, dec, name) => {
    if (name !== undefined) return ENTITIES[String(name)] ?? whole;
    const code = hex !== undefined ? parseInt(String(hex), 16) : parseInt(String(dec), 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
