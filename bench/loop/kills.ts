import { setTimeout as sleep } from "node:timers/promises";
import type { Part, Site } from "../shared/site";

const parts = ["web 1", "web 2", "worker", "trainer", "database"] as const satisfies readonly Part[];
/** Between the end of one restart and the next kill, in milliseconds. */
const pauseMs = { least: 1_000, most: 5_000 };

export type Killer = { killed: Record<Part, number>; total: () => number; stop: () => Promise<void> };

/**
 * Kills parts of the site with SIGKILL at random moments, one after the other. A trainer that is running is the
 * likeliest, as it seldom runs.
 */
export function startKilling(site: Site, random: () => number): Killer {
  const killed: Killer["killed"] = { "web 1": 0, "web 2": 0, worker: 0, trainer: 0, database: 0 };
  let isStopped = false;
  const loop = (async () => {
    while (!isStopped) {
      await sleep(pauseMs.least + random() * (pauseMs.most - pauseMs.least));
      if (isStopped) return;
      const part = random() < 0.3 ? "trainer" : parts[Math.floor(random() * parts.length)]!;
      if (await site.kill(part)) killed[part] += 1;
    }
  })();
  return {
    killed,
    total: () => Object.values(killed).reduce((sum, count) => sum + count, 0),
    stop: async () => {
      isStopped = true;
      await loop;
    },
  };
}
