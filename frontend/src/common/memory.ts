/** What the browser keeps between visits. It may keep nothing at all (private windows, some files): then neither do we. */

export interface Remembered {
  readonly scene?: string;
  readonly time?: number;
  readonly done?: readonly string[];
  readonly rate?: number;
  readonly volume?: number;
  readonly captions?: boolean;
}

export function recall(work: string): Remembered {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(work)) ?? "{}");
    return typeof kept === "object" && kept !== null ? valid(kept as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

export function remember(work: string, value: Remembered): void {
  try {
    localStorage.setItem(key(work), JSON.stringify(value));
  } catch {
    // nothing is lost but the place in the work
  }
}

function key(work: string): string {
  return `scenewright:${work}`;
}

function valid(kept: Record<string, unknown>): Remembered {
  const { scene, time, done, rate, volume, captions } = kept;
  return {
    ...(typeof scene === "string" && { scene }),
    ...(typeof time === "number" && { time }),
    ...(Array.isArray(done) && { done: done.filter((id): id is string => typeof id === "string") }),
    ...(typeof rate === "number" && rate >= 0.5 && rate <= 3 && { rate }),
    ...(typeof volume === "number" && volume >= 0 && volume <= 1 && { volume }),
    ...(typeof captions === "boolean" && { captions }),
  };
}
