/** Values from JSON that may come from anywhere: what is not of the expected form becomes harmless. */

/** A relative path of plain names, or "": never an address, never a way out of the folder. */
export function safePath(value: unknown): string {
  const path = text(value);
  return /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(path) ? path : "";
}

export type Fields = Readonly<Record<string, unknown>>;

export function record(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function number(value: unknown, otherwise = 0): number {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}

export function list<T>(value: unknown, each: (item: unknown) => T): readonly T[] {
  return Array.isArray(value) ? value.map((item: unknown) => each(item)) : [];
}

/** Twins get an id of their own: answers and places are kept by id. */
export function distinct<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  const taken = new Set<string>();
  return items.map((item) => {
    let id = item.id;
    for (let twin = 2; taken.has(id); twin++) id = `${item.id}~${twin}`;
    taken.add(id);
    return id === item.id ? item : { ...item, id };
  });
}

export function oneOf<T extends string>(value: unknown, known: readonly T[]): T {
  return known.find((name) => name === value) ?? (known[0] as T);
}
