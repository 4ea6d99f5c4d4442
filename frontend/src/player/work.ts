/**
 * `work.json` of a classroom, as the player reads it. The Python side defines the format (docs/work-json.md);
 * here it is read with care once more, because a work may come from anywhere: whatever is not of the expected
 * form becomes harmless (an empty text, no colour, no path), and only a wrong format or version is refused.
 */

import { distinct, list, number, oneOf, record, safePath, text, type Fields } from "../common/json.ts";

export const FORMAT = "scenewright.classroom";
export const VERSION = 1;

export interface Cue {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Voiced {
  readonly src: string;
  readonly duration: number;
  readonly cues: readonly Cue[];
}

export interface SpeechAction {
  readonly type: "speech";
  readonly id: string;
  readonly speaker: string;
  readonly text: string;
}

export interface PointerAction {
  readonly type: "spotlight" | "laser" | "reveal";
  readonly id: string;
  readonly target: string;
  readonly item: number | null;
}

export type Action = SpeechAction | PointerAction;

export interface Beat {
  readonly action: Action;
  readonly page: number;
  readonly voiced: Voiced | null;
}

export interface TextMark {
  readonly type: "text";
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly width: number;
  readonly size: number;
  readonly font: "sans" | "mono";
  readonly bold: boolean;
  readonly italic: boolean;
  readonly colour: string;
}

export interface RectMark {
  readonly type: "rect";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  readonly fill: string;
  readonly stroke: string;
  readonly strokeWidth: number;
}

export interface PathMark {
  readonly type: "path";
  readonly data: string;
  readonly fill: string;
  readonly stroke: string;
  readonly strokeWidth: number;
}

export interface ImageMark {
  readonly type: "image";
  readonly asset: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

export type Mark = TextMark | RectMark | PathMark | ImageMark;

export interface Box {
  readonly block: string;
  readonly item: number | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly role: string;
  readonly label: string;
  readonly mathml: string;
  readonly marks: readonly Mark[];
}

export interface Drawing {
  readonly background: string;
  readonly boxes: readonly Box[];
}

export interface Option {
  readonly id: string;
  readonly text: string;
}

export interface Question {
  readonly id: string;
  readonly type: "single" | "multiple" | "short";
  readonly prompt: string;
  readonly options: readonly Option[];
  readonly answers: readonly string[];
  readonly explanation: string;
  readonly points: number;
}

export interface Quiz {
  readonly title: string;
  readonly intro: string;
  readonly questions: readonly Question[];
}

export interface Scene {
  readonly id: string;
  readonly title: string;
  readonly failed: boolean;
  readonly problem: string;
  readonly quiz: Quiz | null;
  readonly pages: readonly Drawing[];
  readonly beats: readonly Beat[];
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: "teacher" | "student";
}

export interface Work {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly objectives: readonly string[];
  readonly writtenBy: string;
  readonly note: string;
  readonly sources: readonly string[];
  readonly people: readonly Person[];
  readonly scenes: readonly Scene[];
  readonly assets: ReadonlyMap<string, string>;
  /** LaTeX as it stands in inline text -> presentation MathML. */
  readonly formulas: ReadonlyMap<string, string>;
}

export type Unreadable = "broken" | "foreign" | "newer";

export class UnreadableWork extends Error {
  readonly reason: Unreadable;
  constructor(reason: Unreadable) {
    super(`this work cannot be read: ${reason}`);
    this.reason = reason;
  }
}

/** Raises: UnreadableWork: if this is not JSON, not a classroom, or of a later version. */
export function readWork(json: string): Work {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new UnreadableWork("broken");
  }
  const root = record(value);
  if (root["format"] !== FORMAT) throw new UnreadableWork("foreign");
  if (typeof root["version"] !== "number" || root["version"] > VERSION) throw new UnreadableWork("newer");
  return {
    id: text(root["id"]),
    title: text(root["title"]),
    language: text(root["language"]),
    objectives: list(root["objectives"], text),
    writtenBy: text(root["written_by"]),
    note: text(root["note"]),
    sources: list(root["sources"], text),
    people: list(root["people"], person),
    scenes: distinct(list(root["scenes"], scene)),
    assets: new Map(list(root["assets"], record).map((asset) => [text(asset["name"]), safePath(asset["src"])])),
    formulas: new Map(Object.entries(record(root["formulas"])).map(([latex, mathml]) => [latex, text(mathml)])),
  };
}

function index(value: unknown): number | null {
  return Number.isInteger(value) && (value as number) >= 0 ? (value as number) : null;
}

function colour(value: unknown, otherwise: string): string {
  return typeof value === "string" && /^#[0-9a-f]{6}$/.test(value) ? value : otherwise;
}

function pathData(value: unknown): string {
  return typeof value === "string" && /^[MmLlHhVvCcSsQqTtAaZz0-9eE ,.+-]*$/.test(value) ? value : "";
}

function person(value: unknown): Person {
  const it = record(value);
  return { id: text(it["id"]), name: text(it["name"]), role: oneOf(it["role"], ["teacher", "student"]) };
}

function scene(value: unknown): Scene {
  const it = record(value);
  const content = record(it["content"]);
  return {
    id: text(it["id"]),
    title: text(it["title"]),
    failed: it["status"] === "failed",
    problem: text(it["problem"]),
    quiz: content["type"] === "quiz" ? quiz(content) : null,
    pages: list(it["pages"], drawing),
    beats: list(it["beats"], beat),
  };
}

function quiz(it: Fields): Quiz {
  return { title: text(it["title"]), intro: text(it["intro"]), questions: distinct(list(it["questions"], question)) };
}

function question(value: unknown): Question {
  const it = record(value);
  return {
    id: text(it["id"]),
    type: oneOf(it["type"], ["single", "multiple", "short"]),
    prompt: text(it["prompt"]),
    options: distinct(list(it["options"], option)),
    answers: list(it["answers"], text),
    explanation: text(it["explanation"]),
    points: number(it["points"], 1),
  };
}

function option(value: unknown): Option {
  const it = record(value);
  return { id: text(it["id"]), text: text(it["text"]) };
}

function beat(value: unknown): Beat {
  const it = record(value);
  return {
    action: action(record(it["action"])),
    page: index(it["page"]) ?? 0,
    voiced: it["voiced"] ? voiced(record(it["voiced"])) : null,
  };
}

function action(it: Fields): Action {
  if (it["type"] === "speech") {
    return { type: "speech", id: text(it["id"]), speaker: text(it["speaker"]), text: text(it["text"]) };
  }
  const type = oneOf(it["type"], ["spotlight", "laser", "reveal"]);
  return { type, id: text(it["id"]), target: text(it["target"]), item: index(it["item"]) };
}

function voiced(it: Fields): Voiced {
  return {
    src: safePath(it["src"]),
    duration: Math.max(0, number(it["duration"])),
    cues: list(it["cues"], (cue) => {
      const at = record(cue);
      return { start: number(at["start"]), end: number(at["end"]), text: text(at["text"]) };
    }),
  };
}

function drawing(value: unknown): Drawing {
  const it = record(value);
  return { background: colour(it["background"], "#ffffff"), boxes: list(it["boxes"], box) };
}

function place(it: Fields): { x: number; y: number; width: number; height: number } {
  return {
    x: number(it["x"]),
    y: number(it["y"]),
    width: Math.max(0, number(it["width"])),
    height: Math.max(0, number(it["height"])),
  };
}

function box(value: unknown): Box {
  const it = record(value);
  return {
    ...place(it),
    block: text(it["block"]),
    item: index(it["item"]),
    role: text(it["role"]),
    label: text(it["label"]),
    mathml: text(it["mathml"]),
    marks: list(it["marks"], mark),
  };
}

function paint(it: Fields): { fill: string; stroke: string; strokeWidth: number } {
  return {
    fill: colour(it["fill"], "none"),
    stroke: colour(it["stroke"], "none"),
    strokeWidth: number(it["stroke_width"], 1),
  };
}

function mark(value: unknown): Mark {
  const it = record(value);
  switch (it["type"]) {
    case "rect":
      return { type: "rect", ...place(it), ...paint(it), radius: number(it["radius"]) };
    case "path":
      return { type: "path", data: pathData(it["data"]), ...paint(it) };
    case "image":
      return { type: "image", asset: text(it["asset"]), alt: text(it["alt"]), ...place(it) };
    default:
      return {
        type: "text",
        x: number(it["x"]),
        y: number(it["y"]),
        text: text(it["text"]),
        width: number(it["width"]),
        size: number(it["size"], 16),
        font: oneOf(it["font"], ["sans", "mono"]),
        bold: it["bold"] === true,
        italic: it["italic"] === true,
        colour: colour(it["colour"], "#1a1a1a"),
      };
  }
}
