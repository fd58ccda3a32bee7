import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** What bench/loop/event-loop.mjs wrote: the longest hold-up of each second of each process. */
export type Second = { process: "web" | "worker"; at: number; wallMs: number; ownMs: number; isFirst: boolean };

/** Seconds of a process's start, in which it loads its code. */
const startSeconds = 15;

export async function readDelays(folder: string): Promise<Second[]> {
  const seconds: Second[] = [];
  for (const file of await readdir(folder)) {
    const process = /^(web|worker)-/.exec(file)?.[1] as Second["process"] | undefined;
    if (!process) continue;
    const lines = (await readFile(path.join(folder, file), "utf8")).split("\n").filter((line) => line.endsWith("}"));
    const read = lines.map((line) => JSON.parse(line) as Pick<Second, "at" | "wallMs" | "ownMs">);
    const began = read[0]?.at ?? 0;
    for (const one of read) seconds.push({ process, ...one, isFirst: one.at - began < startSeconds * 1000 });
  }
  return seconds;
}

/** Of one kind of seconds: the longest hold-ups by the clock and by the loop's own work, and how many were over 50 ms. */
export type Delays = { wall: number | null; own: number | null; own_over_50: number; seconds: number };

/** The most that training and scoring may hold a loop up by its own work, in milliseconds. */
const mostMs = 50;

/** A second of a process's start counts as nothing else; of the rest, one that touches a span is inside. */
export function delaysOf(
  seconds: readonly Second[],
  { process, spans }: { process: Second["process"]; spans: readonly [number, number][] },
): { process_start: Delays; training_or_scoring: Delays; otherwise: Delays } {
  const mine = seconds.filter((one) => one.process === process);
  const isInside = ({ at }: Second) => spans.some(([from, to]) => at >= from && at - 1000 <= to);
  const later = mine.filter(({ isFirst }) => !isFirst);
  return {
    process_start: most(mine.filter(({ isFirst }) => isFirst)),
    training_or_scoring: most(later.filter(isInside)),
    otherwise: most(later.filter((one) => !isInside(one))),
  };
}

function most(seconds: readonly Second[]): Delays {
  const longest = (part: "wallMs" | "ownMs") =>
    seconds.length === 0 ? null : Math.round(Math.max(...seconds.map((one) => one[part])));
  return {
    wall: longest("wallMs"),
    own: longest("ownMs"),
    own_over_50: seconds.filter(({ ownMs }) => ownMs > mostMs).length,
    seconds: seconds.length,
  };
}
