import { Worker } from "node:worker_threads";
import { askThread } from "@/lib/jobs/ask-thread";
import type { TextNumbers } from "./schema";
import type { MeasureRequest } from "./text-thread";

export type TextThread = {
  /** Measures one lot of instances after the other. */
  measure: (request: MeasureRequest) => Promise<TextNumbers[]>;
  close: () => Promise<void>;
};

/** A thread that measures texts: of ten thousand instances that takes a minute, which this process has for others. */
export function openTextThread(): TextThread {
  const worker = new Worker(new URL("./text-thread.mjs", import.meta.url), { execArgv: [] });
  const { ask, close } = askThread(worker);
  return { measure: ask, close };
}
