import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { ThreadReply, ThreadRequest } from "./classifier-thread";

export type ClassifierThread = {
  /** Asks one thing after the other. */
  ask: <K extends ThreadRequest["kind"]>(request: Extract<ThreadRequest, { kind: K }>) => Promise<ThreadReply[K]>;
  close: () => Promise<void>;
};

/** A thread that learns tags: each dimension of thousands of prompts takes seconds. */
export function openClassifierThread(): ClassifierThread {
  const worker = new Worker(new URL("./classifier-thread.mjs", import.meta.url), { execArgv: [] });
  return {
    ask: async (request) => {
      worker.postMessage(request);
      // Rejects with what ends the thread, too.
      const [reply] = await once(worker, "message");
      return reply;
    },
    close: async () => void (await worker.terminate()),
  };
}
