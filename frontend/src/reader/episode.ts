/**
 * What stands in the reader's page: an episode, what was counted in it, and when it is read aloud. The Python side
 * defines the formats; here they are read with care once more, because a page may come from anywhere: whatever is not
 * of the expected form becomes harmless (an empty text, a zero), and only a wrong format or version is refused.
 */

import { distinct, list, number, oneOf, record, safePath, text, type Fields } from "../common/json.ts";
import { readBreakdown, type Breakdown } from "./breakdown.ts";

export const FORMAT = "scenewright.reader";
export const VERSION = 1;

export interface Action {
  readonly type: "action";
  readonly id: string;
  readonly text: string;
  readonly camera: boolean;
}

export interface Dialogue {
  readonly type: "dialogue";
  readonly id: string;
  readonly character: string;
  readonly text: string;
  readonly extension: string;
  readonly parenthetical: string;
  readonly dual: boolean;
}

export interface Transition {
  readonly type: "transition";
  readonly id: string;
  readonly text: string;
}

export type Element = Action | Dialogue | Transition;

export interface Scene {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly synopsis: string;
  readonly slug: string;
  readonly elements: readonly Element[];
}

export interface Act {
  readonly name: string;
  readonly scenes: readonly Scene[];
}

export interface Finding {
  readonly kind: string;
  readonly scene: string;
  readonly element: string;
  readonly text: string;
  readonly otherScene: string;
  readonly otherElement: string;
}

export interface Part {
  readonly name: string;
  readonly value: number | null;
  readonly weight: number;
  readonly details: readonly (readonly [string, number])[];
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

export interface Quality {
  readonly quality: number;
  readonly threshold: number;
  readonly parts: readonly Part[];
}

export interface Joke {
  readonly scene: string;
  readonly setup: string;
  readonly punchline: string;
  readonly form: string;
  readonly score: number | null;
}

export interface Callback {
  readonly scene: string;
  readonly element: string;
  readonly text: string;
  readonly planned: boolean;
}

export interface Change {
  readonly step: string;
  readonly scene: string;
  readonly element: string;
  readonly op: "replace" | "insert" | "remove";
  readonly before: string;
  readonly after: string;
  readonly why: string;
}

export interface Problem {
  readonly scene: string;
  readonly title: string;
  readonly status: "failed" | "skipped" | "missing";
  readonly problem: string;
}

/** A scene of the plan. */
export interface Planned {
  readonly id: string;
  readonly act: string;
}

/** One utterance of the table read; `element` is "" for a heading. Times are seconds in the audio file. */
export interface Moment {
  readonly scene: string;
  readonly element: string;
  readonly start: number;
  readonly end: number;
}

export interface Episode {
  readonly id: string;
  readonly title: string;
  readonly show: string;
  readonly credit: string;
  readonly writtenBy: string;
  readonly language: string;
  readonly logline: string;
  readonly note: string;
  readonly multi: boolean;
  readonly names: ReadonlyMap<string, string>;
  readonly acts: readonly Act[];
  readonly planned: readonly Planned[]; // in the planned order
  readonly quality: Quality | null;
  readonly findings: readonly Finding[];
  readonly jokes: readonly Joke[];
  readonly callbacks: readonly Callback[];
  readonly changes: readonly Change[];
  readonly edited: ReadonlySet<string>;
  readonly locked: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  readonly breakdown: Breakdown;
  readonly timing: readonly Moment[];
  readonly audio: string;
}

export type Unreadable = "broken" | "foreign" | "newer";

export class UnreadableEpisode extends Error {
  readonly reason: Unreadable;
  constructor(reason: Unreadable) {
    super(`this episode cannot be read: ${reason}`);
    this.reason = reason;
  }
}

/** Raises: UnreadableEpisode: if this is not JSON, not what the reader reads, or of a later version. */
export function readEpisode(json: string): Episode {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new UnreadableEpisode("broken");
  }
  const page = record(value);
  if (page["format"] !== FORMAT) throw new UnreadableEpisode("foreign");
  if (typeof page["version"] !== "number" || page["version"] > VERSION) throw new UnreadableEpisode("newer");
  return episode(page, record(page["episode"]));
}

function episode(page: Fields, it: Fields): Episode {
  const script = record(it["script"]);
  return {
    ...titles(it, script),
    names: new Map(list(script["cast"], record).map((who) => [text(who["id"]), text(who["name"])])),
    acts: actsOf(script["acts"]),
    planned: list(record(it["plan"])["scenes"], planned),
    quality: it["quality"] ? quality(record(it["quality"])) : null,
    findings: list(it["findings"], finding),
    jokes: list(it["jokes"], joke),
    callbacks: list(it["callbacks"], callback),
    changes: list(it["changes"], change),
    edited: new Set(list(it["edited"], text)),
    locked: new Set(list(it["locked"], text)),
    problems: list(it["problems"], problem),
    breakdown: readBreakdown(page["breakdown"]),
    timing: list(page["timing"], moment).toSorted((a, b) => a.start - b.start),
    audio: safePath(page["audio"]),
  };
}

function titles(it: Fields, script: Fields) {
  return {
    id: text(it["id"]),
    title: text(it["title"]),
    show: text(record(it["show"])["title"]) || text(script["show"]),
    credit: text(script["credit"]),
    writtenBy: text(script["written_by"]),
    language: text(it["language"]),
    logline: text(script["logline"]),
    note: text(it["note"]),
    multi: script["camera"] === "multi",
  };
}

/** Scenes of the same id would be one to every link; ids are made distinct over the whole script. */
function actsOf(value: unknown): readonly Act[] {
  const acts = list(value, (item) => ({ name: text(record(item)["name"]), scenes: list(record(item)["scenes"], scene) }));
  const scenes = distinct(acts.flatMap((act) => act.scenes));
  let at = 0;
  return acts.map((act) => ({ name: act.name, scenes: scenes.slice(at, (at += act.scenes.length)) }));
}

function scene(value: unknown): Scene {
  const it = record(value);
  const slug = record(it["slug"]);
  const place = [text(slug["interior"]), text(slug["place"])].filter(Boolean).join(" ");
  return {
    id: text(it["id"]),
    number: text(it["number"]),
    title: text(it["title"]),
    synopsis: text(it["synopsis"]),
    slug: [place, text(slug["time"])].filter(Boolean).join(" - "),
    elements: distinct(list(it["elements"], element)),
  };
}

function element(value: unknown): Element {
  const it = record(value);
  const common = { id: text(it["id"]), text: text(it["text"]) };
  switch (it["type"]) {
    case "dialogue":
      return {
        type: "dialogue",
        ...common,
        character: text(it["character"]),
        extension: text(it["extension"]),
        parenthetical: text(it["parenthetical"]),
        dual: it["dual"] === true,
      };
    case "transition":
      return { type: "transition", ...common };
    default:
      return { type: "action", ...common, camera: it["camera"] === true };
  }
}

function finding(value: unknown): Finding {
  const it = record(value);
  return {
    kind: text(it["kind"]),
    scene: text(it["scene"]),
    element: text(it["element"]),
    text: text(it["text"]),
    otherScene: text(it["other_scene"]),
    otherElement: text(it["other_element"]),
  };
}

function quality(it: Fields): Quality {
  return { quality: share(it["quality"]) ?? 0, threshold: share(it["threshold"]) ?? 0, parts: list(it["parts"], part) };
}

function part(value: unknown): Part {
  const it = record(value);
  return {
    name: text(it["name"]),
    value: share(it["value"]),
    weight: share(it["weight"]) ?? 0,
    details: Object.entries(record(it["details"])).map(([name, figure]) => [name, number(figure)] as const),
    findings: list(it["findings"], finding),
    notes: list(it["notes"], text),
  };
}

function joke(value: unknown): Joke {
  const it = record(value);
  return {
    scene: text(it["scene"]),
    setup: text(it["setup"]),
    punchline: text(it["punchline"]),
    form: text(it["form"]),
    score: share(it["score"]),
  };
}

function callback(value: unknown): Callback {
  const it = record(value);
  return {
    scene: text(it["scene"]),
    element: text(it["element"]),
    text: text(it["text"]),
    planned: it["planned"] === true,
  };
}

function change(value: unknown): Change {
  const it = record(value);
  const patch = record(it["patch"]);
  return {
    step: text(it["step"]),
    scene: text(patch["scene"]),
    element: text(patch["element"]),
    op: oneOf(patch["op"], ["replace", "insert", "remove"]),
    before: text(it["before"]),
    after: text(patch["text"]),
    why: text(patch["why"]),
  };
}

function problem(value: unknown): Problem {
  const it = record(value);
  return {
    scene: text(it["scene"]),
    title: text(it["title"]),
    status: oneOf(it["status"], ["failed", "skipped", "missing"]),
    problem: text(it["problem"]),
  };
}

function planned(value: unknown): Planned {
  const it = record(value);
  return { id: text(it["id"]), act: text(it["act"]) };
}

function moment(value: unknown): Moment {
  const it = record(value);
  const start = Math.max(0, number(it["start"]));
  return { scene: text(it["scene"]), element: text(it["element"]), start, end: Math.max(start, number(it["end"])) };
}

/** A number from 0 to 1, or null. */
function share(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : null;
}
