import { disconnect } from "@/lib/db/client";
import { env } from "@/lib/env";
import { runWorker } from "@/lib/jobs/run-worker";
import { log } from "@/lib/log";
import { mapOwnStacksOnly } from "./stack-traces";
import { crontab, tasks } from "./tasks";

/** How long the jobs in hand may take once this process is to end. */
const graceSeconds = 7.5;

mapOwnStacksOnly();
const stop = new AbortController();

function end(reason: string): void {
  if (stop.signal.aborted) return;
  log.info({ reason }, "worker stops");
  stop.abort();
  setTimeout(() => {
    log.warn("a job did not end in time; another worker repeats it");
    process.exit(1);
  }, graceSeconds * 1000).unref();
}

process.on("SIGTERM", end);
process.on("SIGINT", end);
// The supervisor that started this process is gone.
if (process.channel) {
  process.on("disconnect", () => end("the supervisor is gone"));
  process.channel.unref();
}
process.on("uncaughtException", (error) => {
  log.fatal({ err: error }, "worker failed");
  process.exit(1);
});

const taken = env().WORKER_TASKS;
log.info({ tasks: taken ?? "all" }, "worker starts");
await runWorker(
  { tasks: taken ? Object.fromEntries(taken.map((name) => [name, tasks[name]])) : tasks, crontab },
  stop.signal,
);
await disconnect();
log.info("worker ended");
process.exit(0);
