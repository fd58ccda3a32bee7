import { setImmediate as nextTurn } from "node:timers/promises";
import type { AnsweredAsk, Batch, FinishedUnit } from "./store";

/** So many replies, or so long after the first of them, are stored at once: what a crash can lose is little, and paid once more. */
const batchSize = 50;
const batchMs = 100;
/** With so many replies waiting the database is slower than the judge, who has to wait. */
const mostWaiting = 500;

export type VerdictWriter = {
  /** Takes a reply to be stored. */
  add(answer: AnsweredAsk): void;
  /** All that a unit asks is answered: its label is made with the replies taken so far, in one transaction. */
  finish(unit: FinishedUnit): void;
  /** Calls back once all that was taken so far is stored. */
  whenStored(then: () => void): void;
  /** Resolves when more can be taken. */
  ready(): Promise<void>;
  /** Stores all that waits. Throws what kept any batch from being stored; nothing is stored after it. */
  flush(): Promise<void>;
};

/** Collects replies and stores them batch by batch, one after the other. `onFailure` is told when that fails. */
export function openWriter(store: (batch: Batch) => Promise<void>, onFailure: (error: unknown) => void): VerdictWriter {
  const empty = () => ({ answers: [] as AnsweredAsk[], finished: [] as FinishedUnit[], then: [] as (() => void)[] });
  let waiting = empty();
  let timer: NodeJS.Timeout | undefined;
  let storing: Promise<void> = Promise.resolve();

  async function storeWaiting(): Promise<void> {
    const { then, ...batch } = waiting;
    waiting = empty();
    if (batch.answers.length + batch.finished.length > 0) await store(batch);
    for (const call of then) call();
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    // Whoever took a last reply in this turn finishes its unit in it, too: both are stored together.
    storing = storing.then(() => nextTurn()).then(storeWaiting);
    storing.catch(onFailure);
    return storing;
  }

  function soon(): void {
    if (waiting.answers.length === batchSize) void flush().catch(() => {});
    else timer ??= setTimeout(() => void flush().catch(() => {}), batchMs);
  }

  return {
    add: (answer) => {
      waiting.answers.push(answer);
      soon();
    },
    finish: (unit) => {
      waiting.finished.push(unit);
      soon();
    },
    whenStored: (then) => {
      waiting.then.push(then);
      soon();
    },
    ready: async () => {
      if (waiting.answers.length >= mostWaiting) await flush();
    },
    flush,
  };
}
