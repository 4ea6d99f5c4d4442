/** The table read as it sounds: one audio file, where it stands, and what is being read. */

import type { Episode, Moment } from "./episode.ts";
import { lengthOf, readAt, sceneStep, startOf } from "./following.ts";

export const RATES = [0.75, 1, 1.25, 1.5] as const;
const INSIDE = 0.005; // seconds: a line that was jumped to has begun, whatever the decoder rounds to

export class Listening {
  readonly timing: readonly Moment[];
  readonly there: boolean;

  time = $state(0);
  duration = $state(0);
  playing = $state(false);
  rate = $state(1);
  failed = $state(false);
  readonly moments = $derived.by(() => readAt(this.timing, this.time));

  private readonly audio: HTMLAudioElement | null;
  private readonly stop = new AbortController();
  private wanted: number | null = null; // a place that was asked for before the file was known
  private frame = 0;

  constructor(episode: Episode) {
    this.timing = episode.timing;
    this.there = this.timing.length > 0 && episode.audio !== "";
    this.duration = lengthOf(this.timing);
    this.audio = this.there ? new Audio() : null;
    if (this.audio) this.attach(this.audio, episode.audio);
  }

  private attach(audio: HTMLAudioElement, src: string): void {
    const on = (name: string, act: () => void): void => audio.addEventListener(name, act, { signal: this.stop.signal });
    on("loadedmetadata", () => {
      if (Number.isFinite(audio.duration)) this.duration = audio.duration;
      if (this.wanted !== null) audio.currentTime = this.wanted;
      this.wanted = null;
    });
    on("play", () => this.run());
    on("playing", () => (this.failed = false));
    on("pause", () => this.rest());
    on("ended", () => this.rest());
    on("timeupdate", () => this.look());
    on("seeked", () => this.look());
    on("error", () => {
      this.failed = true;
      this.rest();
    });
    audio.preload = "metadata";
    audio.src = src;
  }

  async play(): Promise<void> {
    if (!this.audio) return;
    this.audio.playbackRate = this.rate;
    try {
      await this.audio.play();
    } catch (error) {
      // refused until the person has done something on the page, or stopped again at once; a missing file says "error"
      if (error instanceof DOMException && error.name === "NotSupportedError") this.failed = true;
    }
  }

  pause(): void {
    this.audio?.pause();
  }

  seek(time: number): void {
    if (!this.audio) return;
    const to = Math.min(Math.max(0, time), this.duration || time);
    this.time = to;
    if (this.audio.readyState === 0) this.wanted = to;
    else this.audio.currentTime = to;
  }

  /** To a line, or to the beginning of a scene. False: nothing of it is read aloud. */
  jump(scene: string, element = ""): boolean {
    const start = startOf(this.timing, scene, element);
    if (start === undefined) return false;
    this.seek(start + INSIDE);
    return true;
  }

  step(by: 1 | -1): void {
    const to = sceneStep(this.timing, this.time, by);
    if (to !== undefined) this.seek(to + INSIDE);
  }

  setRate(rate: number): void {
    this.rate = rate;
    if (this.audio) this.audio.playbackRate = rate;
  }

  changeRate(by: 1 | -1): void {
    const at = RATES.findIndex((rate) => rate >= this.rate);
    this.setRate(RATES[Math.min(RATES.length - 1, Math.max(0, at + by))] ?? 1);
  }

  close(): void {
    this.stop.abort();
    this.audio?.pause();
    cancelAnimationFrame(this.frame);
  }

  private run(): void {
    this.playing = true;
    cancelAnimationFrame(this.frame);
    const draw = (): void => {
      this.look();
      this.frame = requestAnimationFrame(draw);
    };
    this.frame = requestAnimationFrame(draw);
  }

  private rest(): void {
    this.playing = false;
    cancelAnimationFrame(this.frame);
  }

  private look(): void {
    if (this.audio && this.wanted === null && !this.audio.seeking) this.time = this.audio.currentTime;
  }
}
