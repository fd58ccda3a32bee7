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

/** Longest hold-ups in the seconds inside, or outside, the given spans of time; null when there is no such second. */
export function longest(
  seconds: readonly Second[],
  { process, spans, isInside }: { process: Second["process"]; spans: readonly [number, number][]; isInside: boolean },
): { wall: number | null; own: number | null; own_over_50: number; seconds: number } {
  const chosen = seconds.filter(
    (one) =>
      one.process === process &&
      !one.isFirst &&
      spans.some(([from, to]) => one.at >= from && one.at - 1000 <= to) === isInside,
  );
  const most = (part: "wallMs" | "ownMs") =>
    chosen.length === 0 ? null : Math.round(Math.max(...chosen.map((one) => one[part])));
  return {
    wall: most("wallMs"),
    own: most("ownMs"),
    own_over_50: chosen.filter(({ ownMs }) => ownMs > 50).length,
    seconds: chosen.length,
  };
}
