/** The keyboard: from a key press to what is done. Keys pressed in a field, or with a modifier, stay the browser's. */

import { takesKeys } from "../common/keys.ts";
import type { Playback } from "./playback.svelte.ts";

export interface Shell {
  readonly toggleList: () => void;
  readonly toggleFullscreen: () => void;
  readonly toggleHelp: () => void;
  readonly dismiss: () => boolean;
}

export function onKey(event: KeyboardEvent, playback: Playback, shell: Shell): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape") {
    if (shell.dismiss()) event.preventDefault();
    return;
  }
  if (takesKeys(event)) return;
  const act = command(event, playback, shell);
  if (!act) return;
  event.preventDefault();
  act();
}

function command(event: KeyboardEvent, playback: Playback, shell: Shell): (() => void) | undefined {
  const { key, shiftKey } = event;
  if (/^[1-9]$/.test(key) && Number(key) <= playback.work.scenes.length) return () => playback.open(Number(key) - 1);
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case " ":
    case "k":
      return () => playback.toggle();
    case "ArrowLeft":
      return () => (shiftKey ? playback.previous() : playback.seek(playback.time - 5));
    case "ArrowRight":
      return () => (shiftKey ? playback.next() : playback.seek(playback.time + 5));
    case "j":
      return () => playback.seek(playback.time - 10);
    case "l":
      return () => playback.seek(playback.time + 10);
    case "PageUp":
    case "p":
      return () => playback.previous();
    case "PageDown":
    case "n":
      return () => playback.next();
    case "ArrowUp":
      return () => playback.setVolume(playback.volume + 0.1);
    case "ArrowDown":
      return () => playback.setVolume(playback.volume - 0.1);
    case "<":
      return () => playback.changeRate(-1);
    case ">":
      return () => playback.changeRate(1);
    case "c":
      return () => playback.toggleCaptions();
    case "m":
      return () => playback.toggleMuted();
    case "f":
      return shell.toggleFullscreen;
    case "s":
      return shell.toggleList;
    case "?":
    case "h":
      return shell.toggleHelp;
    default:
      return undefined;
  }
}
