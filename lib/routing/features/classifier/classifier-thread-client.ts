import { Worker } from "node:worker_threads";
import { askThread } from "@/lib/jobs/ask-thread";
import type { ThreadReply, ThreadRequest } from "./classifier-thread";

export type ClassifierThread = {
  /** Asks one thing after the other. */
  ask: <K extends ThreadRequest["kind"]>(request: Extract<ThreadRequest, { kind: K }>) => Promise<ThreadReply[K]>;
  close: () => Promise<void>;
};

/** A thread that learns tags: each dimension of thousands of prompts takes seconds. */
export function openClassifierThread(): ClassifierThread {
  const worker = new Worker(new URL("./classifier-thread.mjs", import.meta.url), { execArgv: [] });
  return askThread(worker);
}
