/** The table read as a line through the script: from a time to the lines that are read, and back. Pure. */

import type { Moment } from "./episode.ts";

/** Where in the script: a line, or a scene's heading (element ""). */
export interface Place {
  readonly scene: string;
  readonly element: string;
}

/** What an element of the page is called in the document; any two places have different names. */
export function anchor(scene: string, element = ""): string {
  return `at:${encodeURIComponent(wellFormed(scene))}/${encodeURIComponent(wellFormed(element))}`;
}

/** encodeURIComponent throws on half a character. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

/** Index of the last moment that has begun, or -1 before the first. `timing` is in the order of its starts. */
export function lastBegun(timing: readonly Moment[], time: number): number {
  let [low, high] = [0, timing.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timing[middle]?.start ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * What is being read: everything that has begun and not ended (two speak at once), or in the silence after a line
 * still that line.
 */
export function readAt(timing: readonly Moment[], time: number): readonly Moment[] {
  const at = lastBegun(timing, time);
  const last = timing[at];
  if (!last) return [];
  const found = [last];
  for (let index = at - 1; index >= 0 && index > at - 8; index--) {
    const each = timing[index];
    if (each && each.scene === last.scene && each.end > time) found.unshift(each);
  }
  return found;
}

/** The start of a line; of a scene, that of the first thing read in it. Undefined if nothing of it is read. */
export function startOf(timing: readonly Moment[], scene: string, element = ""): number | undefined {
  const exact = timing.find((each) => each.scene === scene && each.element === element);
  return (exact ?? (element ? undefined : timing.find((each) => each.scene === scene)))?.start;
}

/** The starts of the scenes in the order in which they are read. */
export function sceneStarts(timing: readonly Moment[]): readonly { readonly scene: string; readonly start: number }[] {
  const found: { scene: string; start: number }[] = [];
  for (const { scene, start } of timing) if (found.at(-1)?.scene !== scene) found.push({ scene, start });
  return found;
}

const AGAIN = 3; // seconds into a scene after which "previous" means its beginning

/** Where "next scene" and "previous scene" lead from a time. */
export function sceneStep(timing: readonly Moment[], time: number, by: 1 | -1): number | undefined {
  const starts = sceneStarts(timing).map((each) => each.start);
  if (by > 0) return starts.find((start) => start > time + 0.01);
  const before = starts.filter((start) => start < time - AGAIN);
  return before.at(-1) ?? starts[0];
}

/** How long the read is, as far as the moments tell; the audio file knows better. */
export function lengthOf(timing: readonly Moment[]): number {
  return timing.reduce((longest, each) => Math.max(longest, each.end), 0);
}
