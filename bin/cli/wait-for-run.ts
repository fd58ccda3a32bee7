import { setTimeout as sleep } from "node:timers/promises";
import type { Access } from "@/lib/auth/access";
import { isDatabaseDown } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { runWorker } from "@/lib/jobs/run-worker";
import { getRun } from "@/lib/jobs/runs";
import type { RunView } from "@/lib/jobs/schema";
import { hasLiveWorker } from "@/lib/jobs/worker-life";

const pollMs = 250;
const outageMs = 60_000;

/**
 * Waits until a run has ended and returns it, with a worker of its own when no live one takes its kind. Shows the
 * progress on standard error when that is a terminal. Throws an AppError when the run failed or was cancelled.
 */
export async function waitForRun(access: Access<"run:read">, runId: string): Promise<RunView> {
  const stop = new AbortController();
  const { kind } = await look(access, runId);
  const worker = (await hasLiveWorker(kind)) ? undefined : startWorker(stop.signal);
  try {
    const run = await watchRun(access, runId);
    if (run.state === "failed") throw new AppError("invalid", run.error ?? `The ${run.kind} failed.`);
    if (run.state === "cancelled") throw new AppError("conflict", `The ${run.kind} was cancelled.`);
    return run;
  } finally {
    stop.abort();
    await worker;
  }
}

/** Waits until a run has ended, whoever does it, and returns it. Shows the progress as waitForRun does. */
export async function watchRun(access: Access<"run:read">, runId: string): Promise<RunView> {
  for (;;) {
    const run = await look(access, runId);
    showProgress(run);
    if (run.finishedAt !== null) return run;
    await sleep(pollMs);
  }
}

/** The run as it is now. A restart of the database, which the run itself lives through, is waited for. */
async function look(access: Access<"run:read">, runId: string): Promise<RunView> {
  for (const deadline = Date.now() + outageMs; ; await sleep(1000)) {
    try {
      return await getRun(access, runId);
    } catch (error) {
      if (!isDatabaseDown(error) || Date.now() > deadline) throw error;
    }
  }
}

async function startWorker(stop: AbortSignal): Promise<void> {
  const { crontab, tasks } = await import("@/workers/tasks");
  await runWorker({ tasks, crontab }, stop);
}

function showProgress({ kind, progress, finishedAt, lacksWorker }: RunView): void {
  if (!process.stderr.isTTY) return;
  if (lacksWorker) return void process.stderr.write(`\rWaits for a worker that takes ${kind} `);
  const whole = progress.total === null ? "" : ` of ${progress.total}`;
  process.stderr.write(`\r${progress.done}${whole} ${progress.unit} ${finishedAt ? "\n" : ""}`);
}
