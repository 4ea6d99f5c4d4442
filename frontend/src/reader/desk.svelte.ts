/** What the reader has before them: the episode, the place in it, whose lines stand out, what is open beside it. */

import { recall, remember } from "../common/memory.ts";
import type { Episode, Scene } from "./episode.ts";
import type { Place } from "./following.ts";
import { Listening } from "./listening.svelte.ts";

export const PANELS = ["scenes", "cast", "breakdown", "quality", "jokes", "changes"] as const;
export type Panel = (typeof PANELS)[number];

export class Desk {
  readonly episode: Episode;
  readonly listening: Listening;
  readonly scenes: ReadonlyMap<string, Scene>;
  readonly numbers: ReadonlyMap<string, string>; // of scenes, as people call them
  private readonly lines: readonly (Place & { readonly who: string })[];

  panel = $state<Panel>("scenes");
  open = $state(true);
  help = $state(false);
  sceneNumbers = $state(true);
  follow = $state(true);
  who = $state(""); // whose lines stand out; "" = nobody's
  place = $state.raw<Place | null>(null); // the line that was gone to by hand
  shown = $state(""); // the scene in view
  asked = $state.raw<(Place & { readonly focus: boolean }) | null>(null); // to be brought into view

  /** What is marked on the page: what is read aloud, or else the line gone to. */
  readonly marked: readonly Place[] = $derived.by(() =>
    this.listening.playing || !this.place ? this.listening.moments : [this.place],
  );

  constructor(episode: Episode) {
    this.episode = episode;
    this.listening = new Listening(episode);
    const all = episode.acts.flatMap((act) => act.scenes);
    this.scenes = new Map(all.map((scene) => [scene.id, scene]));
    this.numbers = new Map(all.map((scene, index) => [scene.id, scene.number || String(index + 1)]));
    this.lines = all.flatMap((scene) => [
      { scene: scene.id, element: "", who: "" },
      ...scene.elements.map((each) => ({ scene: scene.id, element: each.id, who: each.type === "dialogue" ? each.character : "" })),
    ]);
    const rate = recall(episode.id).rate;
    if (rate && rate <= 1.5 && rate >= 0.75) this.listening.setRate(rate);
  }

  /** The beginning of a line, or the heading. */
  excerpt(scene: string, element: string): string {
    const found = this.scenes.get(scene);
    const text = found?.elements.find((each) => each.id === element)?.text ?? found?.slug ?? "";
    const letters = [...text];
    return letters.length > 60 ? `${letters.slice(0, 58).join("").trimEnd()}…` : text;
  }

  has(scene: string, element = ""): boolean {
    const found = this.scenes.get(scene);
    return found !== undefined && (element === "" || found.elements.some((each) => each.id === element));
  }

  name(character: string): string {
    return (this.episode.names.get(character) || character).toUpperCase();
  }

  /** Goes to a line or a heading, and the sound with it. `focus`: the keyboard goes there too. */
  go(scene: string, element = "", focus = true): void {
    this.asked = { scene, element, focus };
    this.place = this.listening.playing ? null : { scene, element };
    if (!this.listening.there) return;
    const from = this.lines.findIndex((each) => each.scene === scene && each.element === element);
    for (const each of this.lines.slice(Math.max(0, from))) if (this.listening.jump(each.scene, each.element)) return;
  }

  seek(time: number): void {
    this.place = null;
    this.listening.seek(time);
  }

  /** The next or previous line, or that of the person whose lines stand out. */
  line(by: 1 | -1): void {
    const here = this.marked[0];
    let at = here ? this.lines.findIndex((each) => each.scene === here.scene && each.element === here.element) : -1;
    if (!here && by < 0) return;
    for (at += by; at >= 0 && at < this.lines.length; at += by) {
      const line = this.lines[at];
      if (line && (!this.who || line.who === this.who)) return this.go(line.scene, line.element, !this.listening.playing);
    }
  }

  /** The next or previous scene: in the sound where there is any, else on the page. */
  sceneStep(by: 1 | -1): void {
    if (this.listening.playing) return this.listening.step(by);
    const ids = [...this.scenes.keys()];
    const at = ids.indexOf(this.marked[0]?.scene ?? this.shown);
    const to = ids[Math.min(ids.length - 1, Math.max(0, at + by))];
    if (to !== undefined) this.go(to, "", false);
  }

  toggle(): void {
    if (this.listening.playing) return this.listening.pause();
    this.place = this.asked = null;
    void this.listening.play();
  }

  setRate(rate: number): void {
    this.listening.setRate(rate);
    remember(this.episode.id, { rate });
  }

  changeRate(by: 1 | -1): void {
    this.listening.changeRate(by);
    remember(this.episode.id, { rate: this.listening.rate });
  }

  highlight(character: string): void {
    this.who = this.who === character ? "" : character;
  }

  show(panel: Panel): void {
    this.panel = panel;
    this.open = true;
  }
}
