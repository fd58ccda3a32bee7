import type { Session, SessionAction, Work } from "../session";
import type { Store } from "../store";
import { isSameWriting, unconfirmedIn, type Kept } from "./kept";
import type { Shelf } from "./shelf";

type Options = {
  store: Store<Session, SessionAction>;
  shelf: Shelf;
  activeMs: (work: Pick<Work, "assignment">) => number;
  newId: () => string;
};

export type Keeper = ReturnType<typeof createKeeper>;

/**
 * Keeps the device's copy equal to what the server has not confirmed: every change is written at once, one write at a
 * time, and what was confirmed or dropped is removed.
 */
export function createKeeper({ store, shelf, activeMs, newId }: Options) {
  const written = new Map<string, Kept>();
  let isWriting = false;

  async function write(): Promise<void> {
    let step = isWriting ? null : nextStep();
    if (!step) return;
    isWriting = true;
    store.dispatch({ type: "device-writes" });
    try {
      // Whatever changes during a write is found by the next look.
      for (; step; step = nextStep()) await step();
    } catch {
      // The next change tries again, but not this one.
      store.dispatch({ type: "device", keeps: false });
      isWriting = false;
      return;
    }
    isWriting = false;
    store.dispatch({ type: "device", keeps: true });
  }

  /** New words first, then what is not needed any more: a submission is there before its draft goes. */
  function nextStep(): (() => Promise<void>) | null {
    const wanted = unconfirmedIn(store.get());
    for (const [key, said] of wanted) {
      const before = written.get(key);
      if (before && isSameWriting(before, said)) continue;
      const at = said.at ?? new Date().toISOString();
      const kept = { ...said, key, version: newId(), at, activeMs: activeMs(said) };
      return async () => {
        await shelf.put(kept);
        written.set(key, kept);
      };
    }
    for (const [key, kept] of written) {
      if (wanted.has(key)) continue;
      return async () => {
        await shelf.remove(kept);
        written.delete(key);
      };
    }
    return null;
  }

  // For as long as anything changes: what is on its way when the page is left is confirmed later.
  store.subscribe(() => void write());
  return {
    /** Takes over what the device has from before, so that it is not written again and goes when it is confirmed. */
    adopt: (kept: Kept): void => {
      written.set(kept.key, kept);
    },
  };
}
