import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { delaysOf, isLeftAlone, readDelays, type Second } from "./delays";

test("a second is the start's, or inside when it touches a span, or neither", () => {
  const seconds = [
    second({ at: 1_000, ownMs: 300, afterStart: 3.4 }),
    second({ at: 20_000, ownMs: 51 }),
    second({ at: 21_000, ownMs: 50.4, wallMs: 400 }),
    second({ at: 23_500, ownMs: 70 }),
    second({ process: "worker", at: 20_000, ownMs: 999 }),
  ];
  // Hold-ups of the second before its end at 21,000 count, and those of 19,000 to 20,000 touch the beginning.
  expect(delaysOf(seconds, { process: "web", spans: [[19_500, 20_500]] })).toEqual({
    process_start: { wall: 0, own: 300, own_over_50: 1, last_over_50_s: 3, seconds: 1 },
    training_or_scoring: { wall: 400, own: 51, own_over_50: 2, last_over_50_s: 16, seconds: 2 },
    otherwise: { wall: 0, own: 70, own_over_50: 1, last_over_50_s: 16, seconds: 1 },
  });
  expect(delaysOf([], { process: "web", spans: [] }).otherwise).toEqual({
    ...{ wall: null, own: null, own_over_50: 0, last_over_50_s: null, seconds: 0 },
  });
});

test("a loop is left alone where there were seconds to judge by, none of them long", () => {
  const inside = (...seconds: Second[]) =>
    delaysOf(seconds, { process: "web", spans: [[0, 99_000]] }).training_or_scoring;
  expect(isLeftAlone(inside(second({ at: 20_000, ownMs: 50 })))).toBe(true);
  expect(isLeftAlone(inside(second({ at: 20_000, ownMs: 51 })))).toBe(false);
  expect(isLeftAlone(inside(second({ at: 1_000, afterStart: 1 })))).toBe(false);
});

test("seconds are read of web and worker, without a line that a kill cut off", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "delays-"));
  const line = (at: number) => JSON.stringify({ at, wallMs: 2, ownMs: 1 });
  await writeFile(path.join(folder, "web-7.jsonl"), `${line(1_000)}\n${line(16_000)}\n${line(16_500)}\n{"at":17`);
  await writeFile(path.join(folder, "trainer-8.jsonl"), line(1));
  const read = await readDelays(folder);
  await rm(folder, { recursive: true });
  expect(read.map(({ process, at, afterStart }) => [process, at, afterStart])).toEqual([
    ["web", 1_000, 1],
    ["web", 16_000, 16],
    ["web", 16_500, 16.5],
  ]);
});

function second(given: Partial<Second>): Second {
  return { process: "web", at: 0, wallMs: 0, ownMs: 0, afterStart: 16, ...given };
}
