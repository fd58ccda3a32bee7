import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** What bench/loop/event-loop.mjs wrote: the longest hold-up of each second of each process, which had
 * begun so many seconds before it ended. */
export type Second = { process: "web" | "worker"; at: number; wallMs: number; ownMs: number; afterStart: number };

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
    for (const one of read) seconds.push({ process, ...one, afterStart: 1 + (one.at - began) / 1000 });
  }
  return seconds;
}

/**
 * Of one kind of seconds: the longest hold-ups by the clock and by the loop's own work, how many were over 50 ms of the
 * latter, and how many seconds after a process's start the latest of those was.
 */
export type Delays = {
  wall: number | null;
  own: number | null;
  own_over_50: number;
  last_over_50_s: number | null;
  seconds: number;
};

/** The most that training and scoring may hold a loop up by its own work, in milliseconds. */
const mostMs = 50;

/** A second of a process's start counts as nothing else; of the rest, one that touches a span is inside. */
export function delaysOf(
  seconds: readonly Second[],
  { process, spans }: { process: Second["process"]; spans: readonly [number, number][] },
): { process_start: Delays; training_or_scoring: Delays; otherwise: Delays } {
  const mine = seconds.filter((one) => one.process === process);
  const isInside = ({ at }: Second) => spans.some(([from, to]) => at >= from && at - 1000 <= to);
  const isFirst = ({ afterStart }: Second) => afterStart <= startSeconds;
  const later = mine.filter((one) => !isFirst(one));
  return {
    process_start: most(mine.filter(isFirst)),
    training_or_scoring: most(later.filter(isInside)),
    otherwise: most(later.filter((one) => !isInside(one))),
  };
}

/** Whether training and scoring left a loop alone; without a second of them outside of process starts nobody knows. */
export function isLeftAlone({ own_over_50, seconds }: Delays): boolean {
  return seconds > 0 && own_over_50 === 0;
}

function most(seconds: readonly Second[]): Delays {
  const over = seconds.filter(({ ownMs }) => ownMs > mostMs);
  const longest = (part: "wallMs" | "ownMs") =>
    seconds.length === 0 ? null : Math.round(Math.max(...seconds.map((one) => one[part])));
  return {
    wall: longest("wallMs"),
    own: longest("ownMs"),
    own_over_50: over.length,
    last_over_50_s: over.length === 0 ? null : Math.round(Math.max(...over.map(({ afterStart }) => afterStart))),
    seconds: seconds.length,
  };
}
