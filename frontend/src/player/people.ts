/** How the people who speak are shown. */

import type { Person, Work } from "./work.ts";

const HUES = [222, 28, 168, 340, 262, 100, 50, 300];

export interface Face {
  readonly name: string;
  readonly initial: string;
  readonly hue: number;
  readonly role: Person["role"];
}

/** Undefined speakers are nobody: a work without names is still read out. */
export function faceOf(work: Work, speaker: string): Face | null {
  const index = work.people.findIndex((person) => person.id === speaker);
  const person = work.people[index];
  if (!person) return null;
  const name = person.name || person.id;
  const initial = Array.from(name.trim())[0]?.toLocaleUpperCase() ?? "·";
  return { name, initial, hue: HUES[index % HUES.length] ?? 0, role: person.role };
}
