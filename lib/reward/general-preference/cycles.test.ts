import { expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/random";
import type { TrainingPair } from "../training/data";
import { countCycles } from "./cycles";

const pair = (group: number, first: number, second: number, strength: number): TrainingPair => ({
  ...{ first, second, group, strength },
  ...{ split: "test", weight: 1 },
});

test("a triple is a cycle whichever way round its pairs are written, and a tie or a missing pair makes none", () => {
  const pairs = [
    // 0 over 1, 1 over 2, 2 over 0.
    ...[pair(0, 0, 1, 1), pair(0, 2, 1, -1), pair(0, 0, 2, -0.5)],
    // 3 over 4, 4 over 5, 3 over 5.
    ...[pair(1, 3, 4, 1), pair(1, 4, 5, 1), pair(1, 3, 5, 1)],
    ...[pair(2, 6, 7, 1), pair(2, 7, 8, 1), pair(2, 8, 6, 0)],
    ...[pair(3, 9, 10, 1), pair(3, 10, 11, 1)],
  ];
  const cycles = countCycles(pairs, new Float64Array(pairs.length), seededRandom(1));
  expect(cycles!.share).toMatchObject({ mean: 0.5, values: 2, groups: 2 });
  // Without margins every answer is a coin, and coins make a cycle in two of eight ways.
  expect(cycles!.byNoise).toBeCloseTo(0.25, 12);
});

test("noise alone makes as many cycles as answers contradict Bradley-Terry's order", () => {
  const pairs = [pair(0, 0, 1, 1), pair(0, 1, 2, 1), pair(0, 2, 0, -1)];
  const cycles = countCycles(pairs, [2, -1, -3], seededRandom(1));
  // One of three errs: (2/3)^2 1/3 + (1/3)^2 2/3.
  expect(cycles!.byNoise).toBeCloseTo(2 / 9, 12);
  expect(cycles!.share.mean).toBe(0);
});

test("without three completions compared with each other there is nothing to count", () => {
  expect(countCycles([pair(0, 0, 1, 1)], [0], seededRandom(1))).toBeNull();
});
