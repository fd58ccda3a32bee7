import { Logger } from "graphile-worker";
import { isDatabaseDown } from "@/lib/db/client";
import { log } from "@/lib/log";

/**
 * Sends what the queue says to this process's log. Its news of every single job would drown the rest; that it has lost
 * the database is a warning, as it connects again by itself.
 */
export const queueLogger = new Logger((scope) => (level, message, meta) => {
  const error: unknown = meta?.error ?? meta?.fatalError;
  const entry = { ...scope, ...(error !== undefined && { err: error }) };
  if (level === "error" && !isDatabaseDown(error)) log.error(entry, message);
  else if (level === "error" || level === "warning") log.warn(entry, message);
  else log.debug(entry, message);
});
