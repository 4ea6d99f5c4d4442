/**
 * Inline text: plain words with four marks (**bold**, *emphasis*, `code`, $LaTeX$) and backslash escapes.
 * The twin of scenewright/text/inline.py; both are held to tests/player/inline_cases.json.
 */

export interface Span {
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly code: boolean;
  readonly math: boolean;
}

interface Token {
  readonly kind: "text" | "code" | "math" | "bold" | "em";
  readonly value: string;
}

const MARK =
  /\\(?<escaped>[\\*`$])|`(?<code>[^`\n]+)`|\$(?<math>(?!\s)(?:\\.|[^$\\\n])+?(?<!\s))\$(?!\d)|(?<bold>\*\*)|(?<em>\*)/gu;

export function parseInline(text: string): readonly Span[] {
  const tokens = tokenise(text);
  const paired = pair(tokens);
  const spans: Span[] = [];
  let bold = false;
  let italic = false;
  tokens.forEach(({ kind, value }, index) => {
    if (paired.has(index)) {
      if (kind === "bold") bold = !bold;
      else italic = !italic;
      return;
    }
    const code = kind === "code";
    const math = kind === "math";
    const last = spans.at(-1);
    const joins = last && !(code || math || last.code || last.math) && last.bold === bold && last.italic === italic;
    if (joins) spans[spans.length - 1] = { ...last, text: last.text + value };
    else spans.push({ text: value, bold, italic, code, math });
  });
  return spans;
}

export function plainInline(text: string): string {
  return parseInline(text)
    .map((span) => span.text)
    .join("");
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const found of text.matchAll(MARK)) {
    if (found.index > end) tokens.push({ kind: "text", value: text.slice(end, found.index) });
    const { escaped, code, math, bold } = found.groups ?? {};
    if (escaped !== undefined) tokens.push({ kind: "text", value: escaped });
    else if (code !== undefined) tokens.push({ kind: "code", value: code });
    else if (math !== undefined) tokens.push({ kind: "math", value: math });
    else tokens.push(bold !== undefined ? { kind: "bold", value: "**" } : { kind: "em", value: "*" });
    end = found.index + found[0].length;
  }
  if (end < text.length) tokens.push({ kind: "text", value: text.slice(end) });
  return tokens;
}

/** Bold and emphasis marks that open before a word and close after one. */
function pair(tokens: readonly Token[]): ReadonlySet<number> {
  const paired = new Set<number>();
  const opened = new Map<Token["kind"], number>();
  tokens.forEach(({ kind }, index) => {
    if (kind !== "bold" && kind !== "em") return;
    const before = tokens[index - 1]?.value.at(-1);
    const after = tokens[index + 1]?.value.at(0);
    const start = opened.get(kind);
    if (start !== undefined && before !== undefined && !/\s/u.test(before)) {
      opened.delete(kind);
      paired.add(start).add(index);
    } else if (after !== undefined && !/\s/u.test(after)) {
      opened.set(kind, index);
    }
  });
  return paired;
}
