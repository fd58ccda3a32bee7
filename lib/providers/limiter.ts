import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { closeAccount, findClosed, takeSlots, type Limits } from "./account";

/** After so long the account is looked at again: it may have been closed, or have got a limit. */
const leaseMs = 1_000;
/** Of a minute's requests, at most so many are taken before they are wanted: a quarter of a second's. */
const maxAheadShare = 1 / 240;
/** When an account opens again, those that wait come back within so long, not all at once. */
const spreadMs = 500;

export type Limiter = {
  /** Waits until a request of about so many tokens may begin. Throws Closed, or the signal's reason. */
  enter: (tokens: number, signal: AbortSignal) => Promise<void>;
  /** Says what a request took that had entered with an estimate; what it took more or less counts for the next ones. */
  settle: (estimated: number, taken: number) => void;
  /** The provider wants no request for so long, from whichever worker. */
  close: (forMs: number) => Promise<void>;
};

/** Thrown where the provider wants to be left alone for longer than a caller waits. */
export class Closed extends Error {
  constructor(readonly forMs: number) {
    super("The provider takes no requests now.");
  }
}

type Lease = { nextAt: number; paceMs: number; left: number; takenAt: number; until: number; tokensEach: number };
const noLease: Lease = { nextAt: 0, paceMs: 0, left: 0, takenAt: -Infinity, until: 0, tokensEach: 0 };

/**
 * Keeps the requests of one caller within the limits of its account, which all workers share through the database. Those
 * that wait are given their moments together; a caller that uses up what it got takes some more ahead the next time.
 */
export function openLimiter(account: string, limits: Limits, maxWaitMs: number): Limiter {
  let lease = noLease;
  let taking: Promise<void> | undefined;
  let [waiting, ahead, owedTokens] = [0, 0, 0];

  async function take(tokensEach: number): Promise<void> {
    const isUsedUp = lease.left === 0 && performance.now() - lease.takenAt < leaseMs;
    const most = Math.floor((limits.requestsPerMinute ?? 0) * maxAheadShare);
    ahead = isUsedUp ? Math.min(most, Math.max(1, 2 * ahead)) : 0;
    const [count, owed] = [waiting + ahead, owedTokens];
    owedTokens = 0;
    const { startsInMs, paceMs, closedForMs } = await takeSlots(account, limits, {
      ...{ count, tokensEach, owedTokens: owed },
    });
    if (closedForMs > maxWaitMs) throw new Closed(closedForMs);
    const now = performance.now();
    const nextAt = now + startsInMs + (closedForMs > 0 ? Math.random() * spreadMs : 0);
    // Without a limit there is no end of them.
    const left = paceMs === 0 ? Infinity : count;
    const until = paceMs === 0 ? nextAt + leaseMs : nextAt + count * paceMs + leaseMs;
    lease = { nextAt, paceMs, left, takenAt: now, until, tokensEach };
  }

  /** When the request may begin. */
  async function nextSlot(tokens: number): Promise<number> {
    waiting += 1;
    try {
      while (lease.left === 0 || performance.now() > lease.until) {
        taking ??= take(tokens).finally(() => (taking = undefined));
        await taking;
      }
      const at = lease.nextAt;
      owedTokens += lease.paceMs === 0 ? 0 : tokens - lease.tokensEach;
      lease = { ...lease, nextAt: at + lease.paceMs, left: lease.left - 1 };
      return at;
    } finally {
      waiting -= 1;
    }
  }

  return {
    async enter(tokens, signal) {
      // All requests in flight may wait by one signal.
      setMaxListeners(0, signal);
      for (;;) {
        const waitMs = (await nextSlot(tokens)) - performance.now();
        if (waitMs > 0) await sleep(waitMs, undefined, { signal });
        if (waitMs <= leaseMs || (await findClosed([account])).size === 0) return;
        lease = noLease;
      }
    },
    settle(estimated, taken) {
      owedTokens += taken - estimated;
    },
    async close(forMs) {
      lease = noLease;
      await closeAccount(account, forMs);
    },
  };
}
