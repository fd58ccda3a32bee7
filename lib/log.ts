import { pino } from "pino";

/** Structured log of this process, one JSON object a line on standard output. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? "info",
  base: { pid: process.pid },
  redact: { paths: ["password", "token", "authorization", "*.password", "*.token", "*.authorization"], remove: true },
  timestamp: pino.stdTimeFunctions.isoTime,
});
