import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { end, startProcess } from "../shared/processes";
import { processFigures } from "./process-figures";

export type Crew = {
  /** CPU seconds of all its workers, dead ones included. */
  cpuSeconds: () => number;
  /** The most memory that one of them ever had, in megabytes. */
  peakMb: () => number;
  /** Ends the worker whose turn it is with SIGKILL and starts another. */
  kill: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Workers that nobody starts again but this. Each does one run at a time, so that all of them have something to do. */
export function startCrew(count: number, databaseUrl: string): Crew {
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    DATABASE_URL: databaseUrl,
    TANDEM_SECRET: "x".repeat(32),
    LOG_LEVEL: "fatal",
    WORKER_CONCURRENCY: "1",
  };
  const start = () => startProcess(["--import", "tsx", "workers/main.ts"], env);
  const workers = Array.from({ length: count }, start);
  const ended = { cpuSeconds: 0, peakMb: 0 };
  let turn = 0;
  const note = (worker: ChildProcess) => {
    const { cpuSeconds, peakMb } = processFigures(worker.pid!);
    ended.cpuSeconds += cpuSeconds;
    ended.peakMb = Math.max(ended.peakMb, peakMb);
  };
  return {
    cpuSeconds: () => workers.reduce((sum, { pid }) => sum + processFigures(pid!).cpuSeconds, ended.cpuSeconds),
    peakMb: () => Math.max(ended.peakMb, ...workers.map(({ pid }) => processFigures(pid!).peakMb)),
    kill: async () => {
      const place = turn++ % count;
      const worker = workers[place]!;
      workers[place] = start();
      note(worker);
      await end(worker, "SIGKILL");
    },
    stop: async () => {
      await Promise.all(workers.map((worker) => end(worker, "SIGTERM")));
    },
  };
}

/** Kills a worker every so many seconds until it is stopped; says how often it did. */
export function startKilling(crew: Crew, everySeconds: number): { stop: () => Promise<number> } {
  const stopped = new AbortController();
  let kills = 0;
  const killing = (async () => {
    for (;;) {
      await sleep(everySeconds * 1000, undefined, { signal: stopped.signal }).catch(() => {});
      if (stopped.signal.aborted) return;
      await crew.kill();
      kills += 1;
    }
  })();
  return {
    stop: async () => {
      stopped.abort();
      await killing;
      return kills;
    },
  };
}
