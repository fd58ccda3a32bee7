import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { AppError } from "@/lib/errors";
import type { FitMessage, FitRequest } from "./fit-thread";
import type { Measured } from "./measure-fit";

/**
 * Calculates a fit in a thread of its own: models of hundreds of mixes take seconds to minutes, in which the process would
 * give no sign of life. `onProgress` throws to stop it, which takes until the thread has done what it has in hand.
 */
export async function measureInThread(
  request: Omit<FitRequest, "stop">,
  onProgress: (done: number) => Promise<void>,
): Promise<Measured> {
  const worker = new Worker(new URL("./fit-thread.mjs", import.meta.url), { execArgv: [] });
  const stop = new Int32Array(new SharedArrayBuffer(4));
  let stopped: unknown;
  try {
    worker.postMessage({ ...request, stop } satisfies FitRequest);
    // Throws what ends the thread, too.
    for await (const [message] of on(worker, "message", { close: ["exit"] }) as AsyncIterable<[FitMessage]>) {
      if (message.kind === "stopped" || (stopped !== undefined && message.kind !== "progress")) throw stopped;
      if (message.kind === "measured") return message.measured;
      if (message.kind === "refused") throw new AppError(message.code, message.message);
      if (stopped === undefined)
        await onProgress(message.done).catch((reason: unknown) => {
          stopped = reason;
          Atomics.store(stop, 0, 1);
        });
    }
    throw new Error("The thread of a fit ended without a word.");
  } finally {
    await worker.terminate();
  }
}
