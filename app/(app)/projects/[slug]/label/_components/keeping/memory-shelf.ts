import type { Kept } from "./kept";
import type { Shelf } from "./shelf";

export type MemoryShelf = Shelf & { rows: Map<string, Kept>; isBroken: boolean };

/** A device for tests: copies what it keeps, as IndexedDB does, and can be broken. */
export function memoryShelf(): MemoryShelf {
  const rows = new Map<string, Kept>();
  const shelf: MemoryShelf = {
    rows,
    isBroken: false,
    all: () => unlessBroken(() => [...rows.values()].map((kept) => structuredClone(kept))),
    put: (kept) => unlessBroken(() => void rows.set(kept.key, structuredClone(kept))),
    remove: ({ key, version }) => unlessBroken(() => void (rows.get(key)?.version === version && rows.delete(key))),
  };
  return shelf;

  async function unlessBroken<T>(work: () => T): Promise<T> {
    if (shelf.isBroken) throw new Error("This browser has no storage.");
    return await Promise.resolve(work());
  }
}
