import { expect, test } from "vitest";
import { measureBestOfN } from "./best-of-n";

const group = (
  promptHash: string,
  rewards: number[],
  quality: number[],
): Parameters<typeof measureBestOfN>[0][number] => ({
  ...{ promptHash, rewards, quality },
});
const by = { by: "correctness", seed: 1 } as const;

test("the best of n climbs from chance to what the reward likes best, and the oracle to what is best", () => {
  // Ascending by reward: right, wrong, wrong, right. Best of 2 takes the last in 3 of 6 pairs, the first in none.
  const found = measureBestOfN([group("a", [4, 1, 2, 3], [1, 1, 0, 0])], by)!;
  expect(found).toMatchObject({ by: "correctness", prompts: 1, random: 0.5, gain: { mean: 0.5 } });
  expect(found.points.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
  const close = (values: number[]): unknown[] => values.map((value) => expect.closeTo(value, 9) as unknown);
  expect(found.points.map(({ picked }) => picked.mean)).toEqual(close([0.5, 0.5, 0.75, 1]));
  expect(found.points.map(({ oracle }) => oracle)).toEqual(close([0.5, 5 / 6, 1, 1]));
});

test("equal rewards are drawn by lot, so that a reward without an opinion gains nothing", () => {
  const { points, gain } = measureBestOfN([group("a", [7, 7, 7], [5, 1, 3])], { ...by, by: "rating" })!;
  expect(points.map(({ picked }) => picked.mean)).toEqual([3, 3, 3]);
  expect(gain.mean).toBe(0);
});

test("every n is measured on the same prompts: those with as many completions as half of them have", () => {
  const few = group("few", [1, 2], [0, 1]);
  const four = ["a", "b"].map((prompt) => group(prompt, [1, 2, 3, 4], [0, 0, 0, 1]));
  const found = measureBestOfN([few, ...four], by)!;
  expect(found.prompts).toBe(2);
  expect(found.points.map(({ picked }) => picked.values)).toEqual([2, 2, 2, 2]);
  expect(measureBestOfN([group("one", [1], [1])], by)).toBeNull();
  expect(measureBestOfN([], by)).toBeNull();
});
