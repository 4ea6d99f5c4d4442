/** Where the player is in a work, and how it moves on. Components read it and call it; nothing else holds state. */

import { SvelteMap, SvelteSet } from "svelte/reactivity";
import { isRight, score, type Response } from "./grading.ts";
import { recall, remember } from "../common/memory.ts";
import { captionAt, hiddenAt, laserAt, segmentAt, trackOf, type Track } from "./timeline.ts";
import { Voice } from "./voice.ts";
import type { Question, Quiz, Scene, Work } from "./work.ts";

export const RATES = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;
const STALL = 8; // seconds that a clip may take to start before the clock goes on without it

const NOTHING: Track = { segments: [], reveals: [], duration: 0 };

/** Small steps back are the clock's noise; a large one is a clip that could not be entered in its middle. */
function heard(shown: number, voice: number): number {
  return voice < shown - 1 ? voice : Math.max(shown, voice);
}

export type Showing = "cover" | "scene" | "ending";

/** The answers to one quiz. */
export class QuizRun {
  readonly responses = new SvelteMap<string, Response>();
  readonly checked = new SvelteSet<string>();
  readonly quiz: Quiz;

  constructor(quiz: Quiz) {
    this.quiz = quiz;
  }

  response(question: Question): Response {
    return this.responses.get(question.id) ?? [];
  }

  right(question: Question): boolean {
    return this.checked.has(question.id) && isRight(question, this.response(question));
  }

  get finished(): boolean {
    return this.quiz.questions.every((question) => this.checked.has(question.id));
  }

  get score(): { got: number; of: number } {
    return score(this.quiz, (question) => this.right(question));
  }

  retry(): void {
    this.responses.clear();
    this.checked.clear();
  }
}

export class Playback {
  readonly work: Work;
  readonly tracks: readonly Track[];
  readonly total: number;
  readonly quizzes: ReadonlyMap<string, QuizRun>;
  readonly done = new SvelteSet<string>();
  readonly missing = new SvelteSet<string>(); // clips that could not be played
  readonly resumes: { readonly index: number; readonly time: number } | null;

  showing = $state<Showing>("cover");
  index = $state(0);
  time = $state(0);
  playing = $state(false);
  rate = $state(1);
  volume = $state(1);
  muted = $state(false);
  captions = $state(true);
  peek = $state<number | null>(null); // a page the person turned to, until the narration goes on

  readonly scene: Scene | undefined = $derived.by(() => this.work.scenes[this.index]);
  readonly track: Track = $derived.by(() => this.tracks[this.index] ?? NOTHING);
  readonly segment = $derived(segmentAt(this.track, this.time));
  readonly hidden = $derived(hiddenAt(this.track, this.segment?.start ?? 0));
  readonly caption = $derived(this.segment ? captionAt(this.segment, this.time) : "");
  readonly laser = $derived(this.segment ? laserAt(this.segment, this.time) : null);
  readonly page = $derived(this.peek ?? this.segment?.page ?? 0);
  /** A quiz has been introduced and waits for the person. */
  readonly waiting = $derived(this.showing === "scene" && !!this.scene?.quiz && this.time >= this.track.duration);
  /** Seconds of the whole work that lie before this scene. */
  readonly before = $derived.by(() => this.tracks.slice(0, this.index).reduce((sum, track) => sum + track.duration, 0));

  private readonly base: string;
  private readonly voice = new Voice();
  private waited = 0;

  constructor(work: Work, base: string) {
    this.work = work;
    this.base = base;
    this.tracks = work.scenes.map(trackOf);
    this.total = this.tracks.reduce((sum, track) => sum + track.duration, 0);
    this.quizzes = new Map(work.scenes.flatMap((scene) => (scene.quiz ? [[scene.id, new QuizRun(scene.quiz)]] : [])));
    const kept = recall(work.id);
    this.rate = kept.rate ?? 1;
    this.volume = kept.volume ?? 1;
    this.captions = kept.captions ?? true;
    const known = new Set(work.scenes.map((scene) => scene.id));
    for (const id of kept.done ?? []) if (known.has(id)) this.done.add(id);
    const index = work.scenes.findIndex((scene) => scene.id === kept.scene);
    this.resumes = index > 0 || (index === 0 && (kept.time ?? 0) > 5) ? { index, time: kept.time ?? 0 } : null;
  }

  play(): void {
    if (this.showing === "ending") return this.open(0, 0);
    if (this.showing === "cover") return this.open(this.index, this.time);
    if (this.waiting) return this.next();
    this.peek = null;
    this.playing = true;
  }

  pause(): void {
    this.playing = false;
    this.voice.stop();
    this.save();
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Goes to a moment of a scene and, unless told otherwise, plays from there. */
  open(index: number, time = 0, playing = true): void {
    if (!this.work.scenes.length) return;
    this.voice.stop();
    this.index = Math.min(Math.max(0, index), this.work.scenes.length - 1);
    this.time = Math.min(Math.max(0, time), this.track.duration);
    this.peek = null;
    this.showing = "scene";
    this.playing = playing && !this.waiting;
    this.save();
  }

  seek(time: number): void {
    if (this.showing !== "scene") return;
    this.voice.stop();
    this.peek = null;
    this.time = Math.min(Math.max(0, time), this.track.duration);
    if (this.waiting) this.playing = false;
  }

  next(): void {
    if (this.showing === "cover") return this.open(this.index);
    if (this.scene) this.done.add(this.scene.id);
    if (this.index + 1 < this.work.scenes.length) this.open(this.index + 1);
    else this.end();
  }

  previous(): void {
    if (this.showing === "ending") this.open(this.index);
    else this.open(this.time > 3 ? this.index : this.index - 1);
  }

  cover(): void {
    this.pause();
    this.showing = "cover";
    this.index = 0;
    this.time = 0;
  }

  setRate(rate: number): void {
    this.rate = rate;
    this.tune();
    this.save();
  }

  changeRate(by: 1 | -1): void {
    const at = RATES.findIndex((rate) => rate >= this.rate);
    this.setRate(RATES[Math.min(RATES.length - 1, Math.max(0, at + by))] ?? 1);
  }

  setVolume(volume: number): void {
    this.volume = Math.min(1, Math.max(0, volume));
    this.muted = false;
    this.tune();
    this.save();
  }

  toggleCaptions(): void {
    this.captions = !this.captions;
    this.save();
  }

  toggleMuted(): void {
    this.muted = !this.muted;
    this.tune();
  }

  /** Moves on by `seconds` of real time; the voice leads where there is one, else the clock. */
  tick(seconds: number): void {
    if (!this.playing || this.showing !== "scene") return;
    const segment = this.segment;
    const src = segment?.spoken?.src;
    if (segment && src && this.time < segment.end && !this.missing.has(src)) {
      this.follow(src, segment.start, segment.end, seconds);
    } else {
      this.time = Math.min(this.track.duration, this.time + seconds * this.rate);
    }
    if (this.time >= this.track.duration) this.finishScene();
  }

  save(): void {
    const scene = this.showing === "scene" ? { scene: this.scene?.id ?? "", time: this.time } : {};
    const { rate, volume, captions } = this;
    remember(this.work.id, { ...scene, done: [...this.done], rate, volume, captions });
  }

  close(): void {
    this.voice.stop();
    this.playing = false;
  }

  private follow(src: string, start: number, end: number, seconds: number): void {
    const address = this.base + src;
    if (!this.voice.speaks(address)) {
      this.voice.start(address, this.time - start);
      this.tune();
      this.waited = 0;
    }
    switch (this.voice.state) {
      case "ended":
        this.voice.stop();
        this.time = end;
        break;
      case "failed":
        this.giveUp(src);
        break;
      case "blocked":
        this.pause();
        break;
      case "playing":
        this.time = heard(this.time, Math.min(end - 0.001, start + this.voice.position));
        break;
      default: // still starting
        this.waited += seconds;
        if (this.waited > STALL) this.giveUp(src);
    }
  }

  private giveUp(src: string): void {
    this.voice.stop();
    this.missing.add(src);
  }

  private finishScene(): void {
    this.voice.stop();
    if (this.scene?.quiz) {
      this.playing = false;
      this.save();
    } else {
      this.next();
    }
  }

  private end(): void {
    this.playing = false;
    this.voice.stop();
    this.showing = "ending";
    this.save();
  }

  private tune(): void {
    this.voice.tune(this.rate, this.muted ? 0 : this.volume);
  }
}
