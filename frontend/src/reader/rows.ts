/** A scene as rows on the page: which lines stand side by side, what a cue says, and where missing scenes belong. Pure. */

import type { Act, Dialogue, Element, Planned, Problem, Scene } from "./episode.ts";

export interface Cue {
  readonly speech: Dialogue;
  /** The same person goes on after a direction. */
  readonly continued: boolean;
}

export type Row =
  | { readonly type: "line"; readonly element: Exclude<Element, Dialogue> }
  | { readonly type: "speech"; readonly cue: Cue }
  | { readonly type: "pair"; readonly left: Cue; readonly right: Cue };

/** The twin of exports/episode/pairs.py, with the (CONT'D) of exports/episode/pdf/elements.py. */
export function rowsOf(elements: readonly Element[]): readonly Row[] {
  const rows: Row[] = [];
  let last = ""; // who would go on speaking
  for (let at = 0; at < elements.length; at++) {
    const element = elements[at] as Element;
    if (element.type !== "dialogue") {
      rows.push({ type: "line", element });
      if (element.type === "transition") last = "";
      continue;
    }
    const next = elements[at + 1];
    if (next?.type === "dialogue" && next.dual) {
      rows.push({ type: "pair", left: cue(element), right: cue(next) });
      at += 1;
      last = "";
    } else {
      rows.push({ type: "speech", cue: { speech: element, continued: element.character === last } });
      last = element.character;
    }
  }
  return rows;
}

function cue(speech: Dialogue): Cue {
  return { speech, continued: false };
}

/** "MABEL (O.S.) (CONT'D)". */
export function cueText({ speech, continued }: Cue, names: ReadonlyMap<string, string>): string {
  const extension = speech.extension.trim().replace(/^\(+|\)+$/g, "").trim();
  const name = names.get(speech.character) || speech.character;
  return [name, extension && `(${extension})`, continued && "(CONT’D)"].filter(Boolean).join(" ").toUpperCase();
}

/** Without the brackets that some write along. */
export function aside(parenthetical: string): string {
  const text = parenthetical.trim();
  return text.startsWith("(") && text.endsWith(")") ? text.slice(1, -1).trim() : text;
}

/** About how many lines a scene takes on the page: the place that is kept for it until it is drawn. */
export function heightOf(scene: Scene): number {
  return scene.elements.reduce((sum, each) => {
    const speech = each.type === "dialogue";
    return sum + (speech ? 2 : 1) + Math.max(1, Math.ceil(each.text.length / (speech ? 31 : 55)));
  }, 1);
}

/** Who speaks in a scene, in the order of their first lines. */
export function speakers(scene: Scene): readonly string[] {
  return [...new Set(scene.elements.flatMap((each) => (each.type === "dialogue" ? [each.character] : [])))];
}

export type Entry = { readonly scene: Scene } | { readonly problem: Problem };

/** The scenes of each act with those that are missing, where the plan has them; what the plan does not know comes last. */
export function entriesOf(
  acts: readonly Act[],
  problems: readonly Problem[],
  planned: readonly Planned[],
): readonly (readonly Entry[])[] {
  const place = new Map(planned.map(({ id, act }, index) => [id, { index, act }]));
  const rank = (id: string): number => place.get(id)?.index ?? Infinity;
  const waiting = problems.toSorted((a, b) => rank(a.scene) - rank(b.scene) || 0); // two unknown: no number
  const take = (wanted: (problem: Problem) => boolean): Entry[] => {
    const taken: Entry[] = [];
    while (waiting[0] && wanted(waiting[0])) taken.push({ problem: waiting.shift() as Problem });
    return taken;
  };
  const filled = acts.map((act) => [
    ...act.scenes.flatMap((scene) => [...take((each) => rank(each.scene) < (place.get(scene.id)?.index ?? -1)), { scene }]),
    ...take((each) => place.get(each.scene)?.act === act.name),
  ]);
  const rest = take(() => true);
  if (!filled.length) return rest.length ? [rest] : [];
  filled.at(-1)?.push(...rest);
  return filled;
}
