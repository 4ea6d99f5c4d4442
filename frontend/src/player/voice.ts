/** One audio element: some browsers let only an element speak that a press of a key or button has started once. */

export type VoiceState = "idle" | "starting" | "playing" | "ended" | "failed" | "blocked";

export class Voice {
  state: VoiceState = "idle";
  private src = "";
  private readonly audio = new Audio();

  constructor() {
    this.audio.preload = "auto";
    this.audio.addEventListener("ended", () => this.turn("ended"));
    this.audio.addEventListener("error", () => this.turn("failed"));
    this.audio.addEventListener("waiting", () => this.turn("starting"));
    this.audio.addEventListener("playing", () => this.turn("playing"));
  }

  /** Seconds into the clip. */
  get position(): number {
    return this.audio.currentTime;
  }

  speaks(src: string): boolean {
    return this.src === src && this.state !== "idle";
  }

  start(src: string, at: number): void {
    this.src = src;
    this.state = "starting";
    this.audio.src = src;
    if (at > 0.05) this.audio.currentTime = at;
    this.audio.play().catch((error: unknown) => {
      if (this.src !== src || this.state === "idle") return;
      const name = error instanceof DOMException ? error.name : "";
      if (name !== "AbortError") this.state = name === "NotAllowedError" ? "blocked" : "failed";
    });
  }

  stop(): void {
    this.state = "idle";
    this.audio.pause();
  }

  tune(rate: number, volume: number): void {
    this.audio.defaultPlaybackRate = rate;
    this.audio.playbackRate = rate;
    this.audio.volume = volume;
  }

  private turn(state: VoiceState): void {
    if (this.state !== "idle") this.state = state;
  }
}
