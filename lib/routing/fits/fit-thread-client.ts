import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { AppError } from "@/lib/errors";
import type { FitMessage, FitRequest } from "./fit-thread";
import type { Measured } from "./measure-fit";

/**
 * Calculates a fit in a thread of its own: models of hundreds of mixes take seconds to minutes, in which the process would
 * give no sign of life. `onProgress` throws to stop it.
 */
export async function measureInThread(
  request: FitRequest,
  onProgress: (done: number) => Promise<void>,
): Promise<Measured> {
  const worker = new Worker(new URL("./fit-thread.mjs", import.meta.url), { execArgv: [] });
  try {
    worker.postMessage(request);
    // Throws what ends the thread, too.
    for await (const [message] of on(worker, "message", { close: ["exit"] }) as AsyncIterable<[FitMessage]>) {
      if (message.kind === "measured") return message.measured;
      if (message.kind === "refused") throw new AppError(message.code, message.message);
      await onProgress(message.done);
    }
    throw new Error("The thread of a fit ended without a word.");
  } finally {
    await worker.terminate();
  }
}
