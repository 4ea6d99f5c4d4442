/** What was counted in the script (by exports/episode/breakdown): read with care, missing figures are none. */

import { list, number, record, text } from "../common/json.ts";

export interface SceneCount {
  readonly id: string;
  readonly number: string;
  readonly heading: string;
  readonly light: string;
  readonly pages: string;
  readonly seconds: number;
  readonly lines: number;
  readonly words: number;
  readonly cast: readonly string[];
  readonly props: readonly string[];
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly lines: number;
  readonly words: number;
  readonly scenes: readonly string[];
}

export interface SetCount {
  readonly name: string;
  readonly interior: string;
  readonly scenes: readonly string[];
  readonly day: number;
  readonly night: number;
  readonly pages: string;
  readonly seconds: number;
}

export interface Prop {
  readonly name: string;
  readonly scenes: readonly string[];
  readonly onSet: readonly string[];
}

export interface Effect {
  readonly kind: string;
  readonly scene: string;
  readonly element: string;
  readonly text: string;
}

export type Total =
  | "scenes" | "lines" | "words" | "speaking" | "sets" | "interior" | "exterior" | "day" | "night" | "pages" | "seconds";

export interface Breakdown {
  readonly scenes: ReadonlyMap<string, SceneCount>;
  readonly cast: readonly Role[];
  readonly sets: readonly SetCount[];
  readonly props: readonly Prop[];
  readonly effects: readonly Effect[];
  readonly totals: Readonly<Record<Total, number>>;
}

export function readBreakdown(value: unknown): Breakdown {
  const it = record(value);
  const totals = record(it["totals"]);
  const total = (name: Total): number => number(totals[name]);
  return {
    scenes: new Map(list(it["scenes"], scene).map((each) => [each.id, each])),
    cast: list(it["cast"], role),
    sets: list(it["sets"], place),
    props: list(it["props"], prop),
    effects: list(it["effects"], effect),
    totals: {
      scenes: total("scenes"),
      lines: total("lines"),
      words: total("words"),
      speaking: total("speaking"),
      sets: total("sets"),
      interior: total("interior"),
      exterior: total("exterior"),
      day: total("day"),
      night: total("night"),
      pages: total("pages"),
      seconds: total("seconds"),
    },
  };
}

function scene(value: unknown): SceneCount {
  const it = record(value);
  return {
    id: text(it["id"]),
    number: text(it["number"]),
    heading: text(it["heading"]),
    light: text(it["light"]),
    pages: text(it["pages"]),
    seconds: number(it["seconds"]),
    lines: number(it["lines"]),
    words: number(it["words"]),
    cast: list(it["cast"], text),
    props: list(it["props"], text),
  };
}

function role(value: unknown): Role {
  const it = record(value);
  return {
    id: text(it["id"]),
    name: text(it["name"]),
    lines: number(it["lines"]),
    words: number(it["words"]),
    scenes: list(it["scenes"], text),
  };
}

function place(value: unknown): SetCount {
  const it = record(value);
  return {
    name: text(it["name"]),
    interior: text(it["interior"]),
    scenes: list(it["scenes"], text),
    day: number(it["day"]),
    night: number(it["night"]),
    pages: text(it["pages"]),
    seconds: number(it["seconds"]),
  };
}

function prop(value: unknown): Prop {
  const it = record(value);
  return { name: text(it["name"]), scenes: list(it["scenes"], text), onSet: list(it["on_set"], text) };
}

function effect(value: unknown): Effect {
  const it = record(value);
  return { kind: text(it["kind"]), scene: text(it["scene"]), element: text(it["element"]), text: text(it["text"]) };
}
