import { Worker } from "node:worker_threads";
import { askThread } from "@/lib/jobs/ask-thread";
import type { ThreadReply, ThreadRequest } from "./report-thread";

export type ReportThread = {
  /** Asks one thing after the other. */
  ask: <K extends ThreadRequest["kind"]>(request: Extract<ThreadRequest, { kind: K }>) => Promise<ThreadReply[K]>;
  close: () => Promise<void>;
};

/**
 * A thread that measures annotators: what is drawn a thousand times from tens of thousands of answers takes seconds, in
 * which the process would give no sign of life.
 */
export function openReportThread(): ReportThread {
  const worker = new Worker(new URL("./report-thread.mjs", import.meta.url), { execArgv: [] });
  return askThread(worker);
}
