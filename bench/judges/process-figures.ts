import { readFileSync } from "node:fs";

/** What Linux counts processor time in, whatever the machine: hundredths of a second. */
const ticksPerSecond = 100;

/** CPU seconds (user and system, all threads) and the most memory a process ever had, in megabytes. Linux only. */
export function processFigures(pid: number): { cpuSeconds: number; peakMb: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name before it, in parentheses, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    peakMb: Number(peak?.[1] ?? 0) / 1024,
  };
}
