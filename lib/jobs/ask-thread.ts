import { once } from "node:events";
import type { Worker } from "node:worker_threads";

/** A thread that answers each message with one of its own, asked one thing after the other. */
export type AskedThread = {
  /** Rejects with what ends the thread, too. The reply is what the thread's own types say. */
  ask: <Reply>(request: object) => Promise<Reply>;
  close: () => Promise<void>;
};

export function askThread(worker: Worker): AskedThread {
  return {
    ask: async <Reply>(request: object) => {
      worker.postMessage(request);
      const [reply] = (await once(worker, "message")) as [Reply];
      return reply;
    },
    close: async () => void (await worker.terminate()),
  };
}
