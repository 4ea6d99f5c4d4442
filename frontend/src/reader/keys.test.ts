import assert from "node:assert/strict";
import { test } from "node:test";
import { command, type Keyed } from "./keys.ts";

function keyed(sound: boolean): { done: string[]; to: Keyed } {
  const done: string[] = [];
  const note = (name: string) => (by?: number) => void done.push(by === undefined ? name : `${name} ${by}`);
  const to: Keyed = {
    line: note("line"),
    scene: note("scene"),
    numbers: note("numbers"),
    panel: note("panel"),
    help: note("help"),
    dismiss: () => false,
    ...(sound && { sound: { toggle: note("toggle"), seek: note("seek"), rate: note("rate"), follow: note("follow") } }),
  };
  return { done, to };
}

function press(keys: readonly string[], sound = true): string[] {
  const { done, to } = keyed(sound);
  for (const key of keys) command({ key: key.replace("+", ""), shiftKey: key.startsWith("+") }, to)?.();
  return done;
}

test("keys of a reader", () => {
  assert.deepEqual(press(["j", "K", "n", "p", "#", "s", "?"]), ["line 1", "line -1", "scene 1", "scene -1", "numbers", "panel", "help"]);
});

test("keys of the sound", () => {
  const keys = [" ", "ArrowRight", "ArrowLeft", "+ArrowRight", "+ArrowLeft", "<", ">", "f"];
  assert.deepEqual(press(keys), ["toggle", "seek 5", "seek -5", "scene 1", "scene -1", "rate -1", "rate 1", "follow"]);
});

test("without sound its keys stay the browser's", () => {
  assert.deepEqual(press([" ", "ArrowRight", "ArrowLeft", "<", ">", "f", "x", "ArrowDown"], false), []);
  assert.equal(command({ key: " ", shiftKey: true }, keyed(true).to), undefined);
});
