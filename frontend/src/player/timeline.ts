/**
 * When things happen in a scene, and what is seen at any moment: pure functions of the scene and the time in it.
 * Times are seconds from the start of the scene. The twin of scenewright/exports/timeline.py; docs/work-json.md
 * gives the rules in words.
 */

import type { Beat, Cue, PointerAction, Scene, SpeechAction } from "./work.ts";

export const BREATH = 0.35; // silence after each speech
export const PAGE_HOLD = 4; // how long a page stays of which nothing is said
export const CLOSING_HOLD = 2.5; // how long actions stay that come after the last speech
export const PROBLEM_HOLD = 4; // how long a failed scene's problem is shown

export interface Target {
  readonly target: string;
  readonly item: number | null;
}

export interface Spoken {
  readonly id: string;
  readonly speaker: string;
  readonly text: string;
  readonly src: string;
  readonly cues: readonly Cue[];
}

/** One speech (or a silent hold) with what is pointed at meanwhile. `end` excludes the breath, `until` includes it. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly until: number;
  readonly page: number;
  readonly spoken: Spoken | null;
  readonly spotlights: readonly Target[];
  readonly lasers: readonly Target[];
}

export interface Track {
  readonly segments: readonly Segment[];
  readonly reveals: readonly (Target & { readonly at: number })[];
  readonly duration: number;
}

export interface View {
  readonly page: number;
  readonly spoken: Spoken | null;
  readonly caption: string;
  readonly spotlights: readonly Target[];
  readonly laser: Target | null;
  readonly hidden: readonly Target[];
}

export function trackOf(scene: Scene): Track {
  if (scene.failed) return { segments: [], reveals: [], duration: PROBLEM_HOLD };
  const builder = new Builder(scene.quiz ? 0 : scene.pages.length);
  for (const beat of scene.beats) {
    if (beat.action.type === "speech") builder.speech(beat, beat.action);
    else builder.point(beat.action);
  }
  return builder.finish();
}

class Builder {
  private readonly segments: Segment[] = [];
  private readonly reveals: (Target & { at: number })[] = [];
  private pending: PointerAction[] = [];
  private clock = 0;
  private shown = -1; // the last page that has been on the stage
  private readonly pages: number;

  constructor(pages: number) {
    this.pages = pages;
  }

  point(action: PointerAction): void {
    this.pending.push(action);
  }

  speech(beat: Beat, action: SpeechAction): void {
    const page = Math.min(beat.page, Math.max(0, this.pages - 1));
    this.holdPages(page);
    const duration = beat.voiced?.duration ?? estimate(action.text);
    const cues = beat.voiced?.cues.length ? beat.voiced.cues : split(action.text, duration);
    const { id, speaker, text } = action;
    this.add(page, duration, BREATH, { id, speaker, text, src: beat.voiced?.src ?? "", cues });
  }

  finish(): Track {
    if (this.pending.length) this.add(Math.max(0, this.shown), CLOSING_HOLD, 0, null);
    this.holdPages(this.pages);
    return { segments: this.segments, reveals: this.reveals, duration: this.clock };
  }

  /** Pages before `next` of which nothing is said are not passed over. */
  private holdPages(next: number): void {
    const kept = this.pending;
    this.pending = [];
    while (this.shown + 1 < Math.min(next, this.pages)) this.add(this.shown + 1, PAGE_HOLD, 0, null);
    this.pending = kept;
  }

  private add(page: number, duration: number, breath: number, spoken: Spoken | null): void {
    const start = this.clock;
    const of = (type: PointerAction["type"]): Target[] =>
      this.pending.filter((action) => action.type === type).map(({ target, item }) => ({ target, item }));
    this.reveals.push(...of("reveal").map((target) => ({ ...target, at: start })));
    const end = start + duration;
    const pointers = { spotlights: of("spotlight"), lasers: of("laser") };
    this.segments.push({ start, end, until: end + breath, page, spoken, ...pointers });
    this.pending = [];
    this.clock = end + breath;
    this.shown = Math.max(this.shown, page);
  }
}

export function segmentAt(track: Track, time: number): Segment | null {
  return track.segments.find((segment) => time < segment.until) ?? track.segments.at(-1) ?? null;
}

export function viewAt(track: Track, time: number): View {
  const segment = segmentAt(track, time);
  const hidden = hiddenAt(track, time);
  if (!segment) return { page: 0, spoken: null, caption: "", spotlights: [], laser: null, hidden };
  const { page, spoken, spotlights } = segment;
  return { page, spoken, caption: captionAt(segment, time), spotlights, laser: laserAt(segment, time), hidden };
}

/** What some reveal names that is still to come, unless an earlier reveal of the same has come already. */
export function hiddenAt(track: Track, time: number): readonly Target[] {
  const came = track.reveals.filter(({ at }) => at <= time);
  return track.reveals.filter(
    ({ target, item, at }) => at > time && !came.some((reveal) => reveal.target === target && reveal.item === item),
  );
}

/** The cue that has begun last: a caption stays until the next one, and through the breath. */
export function captionAt(segment: Segment, time: number): string {
  const local = time - segment.start + 1e-6;
  const cues = segment.spoken?.cues ?? [];
  return (cues.findLast((cue) => cue.start <= local) ?? cues[0])?.text ?? "";
}

/** Several lasers before one speech share its time evenly, in order. */
export function laserAt({ lasers, start, end }: Segment, time: number): Target | null {
  const share = end > start ? (time - start) / (end - start) : 0;
  return lasers[Math.min(lasers.length - 1, Math.max(0, Math.floor(share * lasers.length)))] ?? null;
}

/** Seconds that a text takes to say, where nobody has measured: about 15 letters or 4.5 Han characters a second. */
export function estimate(text: string): number {
  const wide = text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/gu)?.length ?? 0;
  return Math.max(1.2, wide / 4.5 + (text.length - wide) / 15);
}

const SENTENCE_END = /(?:[.!?;]["'”’»)\]]*\s+|[。！？；]["'”’」』)]*\s*)/gu;

/** Captions for a speech that came without cues: one for each sentence, in proportion to its length. */
export function split(text: string, duration: number): readonly Cue[] {
  const ends = [...text.matchAll(SENTENCE_END)].map((found) => found.index + found[0].length);
  const pieces = [0, ...ends].map((at, index) => text.slice(at, ends[index])).filter((piece) => piece.trim());
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0) || 1;
  let start = 0;
  return pieces.map((piece) => {
    const end = start + (duration * piece.length) / total;
    const cue = { start, end, text: piece.trim() };
    start = end;
    return cue;
  });
}
