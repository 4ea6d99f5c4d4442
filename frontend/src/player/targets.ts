/** From what an action names to the boxes on the page. */

import type { Target } from "./timeline.ts";
import type { Box, Drawing } from "./work.ts";

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The boxes of an item, of the whole block where the item has no box of its own, or none. */
export function boxesOf(drawing: Drawing, { target, item }: Target): readonly Box[] {
  if (!target) return [];
  const block = drawing.boxes.filter((box) => box.block === target);
  const own = item === null ? [] : block.filter((box) => box.item === item);
  return own.length ? own : block;
}

export function hiddenBoxes(drawing: Drawing, hidden: readonly Target[]): ReadonlySet<Box> {
  return new Set(hidden.flatMap((target) => boxesOf(drawing, target)));
}

/** One lit area for each target: the hull of what is seen of its boxes with a margin, kept on the canvas. */
export function litAreas(
  drawing: Drawing,
  targets: readonly Target[],
  hidden: ReadonlySet<Box> = new Set(),
  margin = 8,
): readonly Area[] {
  return targets.flatMap((target) => {
    const boxes = boxesOf(drawing, target);
    const seen = boxes.filter((box) => !hidden.has(box));
    const hull = hullOf(seen.length ? seen : boxes);
    return hull ? [grow(hull, margin)] : [];
  });
}

/** Where the laser's dot rests: before the first words of a text, in the middle of a figure. */
export function laserPoint(drawing: Drawing, target: Target): { x: number; y: number } | null {
  const boxes = boxesOf(drawing, target);
  const hull = hullOf(boxes);
  if (!hull) return null;
  const words = boxes.flatMap((box) => box.marks).find((mark) => mark.type === "text" && mark.text.trim());
  const figure = boxes.some((box) => box.role === "figure" || box.role === "formula");
  if (words?.type === "text" && !figure) {
    return { x: Math.max(10, words.x - 12), y: words.y - words.size * 0.32 };
  }
  return { x: hull.x + hull.width / 2, y: hull.y + hull.height / 2 };
}

export function hullOf(areas: readonly Area[]): Area | null {
  if (!areas.length) return null;
  const x = Math.min(...areas.map((area) => area.x));
  const y = Math.min(...areas.map((area) => area.y));
  const right = Math.max(...areas.map((area) => area.x + area.width));
  const bottom = Math.max(...areas.map((area) => area.y + area.height));
  return { x, y, width: right - x, height: bottom - y };
}

function grow(area: Area, margin: number): Area {
  const x = Math.max(2, area.x - margin);
  const y = Math.max(2, area.y - margin);
  const right = Math.min(998, area.x + area.width + margin);
  const bottom = Math.min(560.5, area.y + area.height + margin);
  return { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
}
