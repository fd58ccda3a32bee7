import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { run, type TaskList, type WorkerEvents } from "graphile-worker";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { queueLogger } from "./queue-logger";
import { startHeartbeat } from "./worker-life";

type Work = { tasks: TaskList; crontab: string };

const secondsBetweenTries = 1;

/**
 * Takes jobs from the queue until `stop` is aborted, and returns when the jobs in hand are done or handed on. Lives
 * through outages of the database: what was locked by the pool that broke is given back under its old name.
 */
export async function runWorker(work: Work, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    try {
      await runPool(work, stop);
    } catch (error) {
      log.warn({ err: error }, "the job queue cannot be used; trying again");
    }
    await sleep(secondsBetweenTries * 1000, undefined, { signal: stop }).catch(() => {});
  }
}

async function runPool({ tasks, crontab }: Work, stop: AbortSignal): Promise<void> {
  const { DATABASE_URL, WORKER_CONCURRENCY } = env();
  const events = new EventEmitter() as WorkerEvents;
  let signOff: (() => Promise<void>) | undefined;
  // The queue locks jobs by this pool's id, so that is what has to be known as alive.
  events.on("pool:create", ({ workerPool }) => (signOff = startHeartbeat(workerPool.id, Object.keys(tasks))));
  const renewal = unusablePool(events);
  const end = AbortSignal.any([stop, renewal]);
  const runner = await run({
    connectionString: DATABASE_URL,
    // One to listen with, one for cron and completions.
    maxPoolSize: WORKER_CONCURRENCY + 2,
    concurrency: WORKER_CONCURRENCY,
    taskList: tasks,
    crontab,
    events,
    logger: queueLogger,
    noHandleSignals: true,
    // Runs go on from their checkpoint anywhere, so they need no time to come to an end here.
    gracefulShutdownAbortTimeout: 0,
    // Without a delay the queue leaves a completion that fails, as in an outage, as an unhandled rejection.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  });
  const stopRunner = () =>
    void runner.stop().catch((error: unknown) => log.warn({ err: error }, "the queue did not stop cleanly"));
  if (end.aborted) stopRunner();
  else end.addEventListener("abort", stopRunner, { once: true });
  try {
    await runner.promise;
  } finally {
    end.removeEventListener("abort", stopRunner);
    await signOff?.();
  }
}

/**
 * Aborted when a pool's first question for jobs fails. The queue looks its tasks' ids up with that one and keeps the
 * answer, be it an error: such a pool would fail with it for ever, while its heartbeat says that it lives.
 */
function unusablePool(events: WorkerEvents): AbortSignal {
  const unusable = new AbortController();
  let isFirst = true;
  events.on("worker:getJob:empty", () => (isFirst = false));
  events.on("job:start", () => (isFirst = false));
  events.on("worker:getJob:error", ({ error }) => {
    if (!isFirst) return;
    isFirst = false;
    log.warn({ err: error }, "the job queue could not be asked for its first job; beginning anew");
    // The others of the pool get the same error in this turn; they end quietly once they wait for their next one.
    setImmediate(() => unusable.abort());
  });
  return unusable.signal;
}
