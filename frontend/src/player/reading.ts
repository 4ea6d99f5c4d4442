/** A page as words, for whoever listens to it instead of looking. */

import type { Box, Drawing, TextMark } from "./work.ts";

export interface Passage {
  readonly role: string;
  readonly text: string;
  readonly mathml: string;
  readonly hidden: boolean;
}

export function passagesOf(drawing: Drawing, hidden: ReadonlySet<Box>): readonly Passage[] {
  return drawing.boxes
    .map((box) => ({ role: box.role, text: wordsOf(box), mathml: box.mathml, hidden: hidden.has(box) }))
    .filter((passage) => passage.text || passage.mathml);
}

/** The label if there is one, else the words in the order they are drawn; code keeps its lines. */
export function wordsOf(box: Box): string {
  if (box.label) return box.label;
  const texts = box.marks.filter((mark): mark is TextMark => mark.type === "text");
  const alts = box.marks.flatMap((mark) => (mark.type === "image" && mark.alt ? [mark.alt] : []));
  const words = texts.map((mark, at) => between(texts[at - 1], mark, box.role) + mark.text).join("");
  return [...alts, words.trim()].filter(Boolean).join(" ");
}

function between(before: TextMark | undefined, mark: TextMark, role: string): string {
  if (!before) return "";
  if (Math.abs(before.y - mark.y) > mark.size * 0.6) return role === "code" ? "\n" : " ";
  return mark.x - (before.x + before.width) > mark.size * 0.12 ? " " : "";
}
