import { existsSync, readFileSync } from "node:fs";

const schedule = "/proc/thread-self/schedstat";
const isTold = existsSync(schedule);

/**
 * Milliseconds of processor time that this thread has had so far; where the system does not tell, all of this process's
 * threads. By a clock a quick calculation is a slow one on a machine that has other things to do.
 */
export function cpuMs(): number {
  if (isTold) return Number(readFileSync(schedule, "utf8").split(" ")[0]) / 1e6;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
