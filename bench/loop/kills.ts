import { setTimeout as sleep } from "node:timers/promises";
import type { Part, Site } from "../shared/site";
import type { TrainingWatch } from "./training-watch";

const parts = ["web 1", "web 2", "worker", "trainer", "database"] as const satisfies readonly Part[];
/** Between the end of one restart and the next kill, in milliseconds. */
const pauseMs = { least: 1_000, most: 5_000 };
/** How often a pause is broken off to kill a trainer that has stored an epoch, at most, for each training. */
const mostWhileLearning = 3;
const stepMs = 50;

/** When a part was killed and when it was ready again. */
export type Span = { part: Part; from: number; to: number };

export type Killer = {
  spans: Span[];
  killed: () => Record<Part, number>;
  /** Kills until there have been so many in all. */
  until: (total: number) => Promise<void>;
  stop: () => Promise<void>;
};

/**
 * Kills parts of the site with SIGKILL at random moments, one after the other. A trainer that is running is the
 * likeliest, as it seldom runs; and as it learns for seconds only, some of the moments are drawn from those between the
 * first epoch and the last. The watch is told of every kill.
 */
export function startKilling(site: Site, random: () => number, watch: TrainingWatch): Killer {
  const spans: Span[] = [];
  const interrupted: { runId: string; epoch: number }[] = [];
  let most = 0;
  let isStopped = false;
  /** True when it was broken off because a trainer has stored an epoch since it was last killed for that. */
  const pause = async (): Promise<boolean> => {
    const end = Date.now() + pauseMs.least + random() * (pauseMs.most - pauseMs.least);
    while (Date.now() < end && !isStopped) {
      await sleep(stepMs);
      const learning = watch.learning();
      const before = interrupted.filter(({ runId }) => runId === learning?.runId);
      if (!learning || before.length >= mostWhileLearning || random() < 0.3) continue;
      if (before.some(({ epoch }) => epoch >= learning.epoch)) continue;
      interrupted.push(learning);
      return true;
    }
    return false;
  };
  const loop = (async () => {
    while (!isStopped) {
      if (spans.length >= most) {
        await sleep(stepMs);
        continue;
      }
      const isLearning = await pause();
      if (isStopped) return;
      const part = isLearning || random() < 0.3 ? "trainer" : parts[Math.floor(random() * parts.length)]!;
      const span = { part, from: Date.now(), to: Infinity };
      spans.push(span);
      const isKilled = await site.kill(part);
      span.to = Date.now();
      if (isKilled) await watch.noteKill(part);
      else spans.pop();
    }
  })();
  return {
    spans,
    killed: () =>
      Object.fromEntries(parts.map((part) => [part, spans.filter((span) => span.part === part).length])) as Record<
        Part,
        number
      >,
    async until(total) {
      most = total;
      while (spans.filter(({ to }) => to < Infinity).length < total) await sleep(stepMs);
    },
    stop: async () => {
      isStopped = true;
      await loop;
    },
  };
}
