/** The keyboard: from a key press to what is done. Keys pressed in a field, or with a modifier, stay the browser's. */

import { takesKeys } from "../common/keys.ts";

export interface Keyed {
  readonly line: (by: 1 | -1) => void;
  readonly scene: (by: 1 | -1) => void;
  readonly numbers: () => void;
  readonly panel: () => void;
  readonly help: () => void;
  /** Closes what lies on top; whether there was anything. */
  readonly dismiss: () => boolean;
  /** Nothing of this where nothing is read aloud. */
  readonly sound?: {
    readonly toggle: () => void;
    readonly seek: (by: number) => void;
    readonly rate: (by: 1 | -1) => void;
    readonly follow: () => void;
  };
}

export type Press = Pick<KeyboardEvent, "key" | "shiftKey">;

export function onKey(event: KeyboardEvent, to: Keyed): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape") {
    if (to.dismiss()) event.preventDefault();
    return;
  }
  if (takesKeys(event)) return;
  const act = command(event, to);
  if (!act) return;
  event.preventDefault();
  act();
}

export function command({ key, shiftKey }: Press, to: Keyed): (() => void) | undefined {
  const { sound } = to;
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case "j":
      return () => to.line(1);
    case "k":
      return () => to.line(-1);
    case "n":
      return () => to.scene(1);
    case "p":
      return () => to.scene(-1);
    case "#":
      return to.numbers;
    case "s":
      return to.panel;
    case "?":
    case "h":
      return to.help;
    case " ":
      return shiftKey ? undefined : sound?.toggle;
    case "ArrowRight":
      return sound && (() => (shiftKey ? to.scene(1) : sound.seek(5)));
    case "ArrowLeft":
      return sound && (() => (shiftKey ? to.scene(-1) : sound.seek(-5)));
    case "<":
      return sound && (() => sound.rate(-1));
    case ">":
      return sound && (() => sound.rate(1));
    case "f":
      return sound?.follow;
    default:
      return undefined;
  }
}
