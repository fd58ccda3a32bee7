import { expect, test } from "vitest";
import type { BacktestInput } from "@/lib/routing/backtest/input";
import { seededRandom } from "@/lib/stats/random";
import { backtestLeavingOut, withBlocks } from "./leave-one-out";
import { signFlip } from "./sign-flip";

/** Of three prompts the judge is right on all pairs of the first, on half of the second and on none of the third. */
function anInput(): BacktestInput {
  const count = 60;
  const groups = Int32Array.from({ length: count }, (_, i) => Math.floor(i / 20));
  const human = new Float64Array(count).fill(1);
  const isRight = (i: number): boolean => groups[i] === 0 || (groups[i] === 1 && i % 2 === 0);
  const label = Float64Array.from({ length: count }, (_, i) => Number(isRight(i)));
  return {
    ...{ people: Array.from(human, () => Float64Array.of(1, 1)), human, groups, humanMicros: null },
    lm: { label, confidence: label.map((right) => 0.4 + right / 5), costMicros: null },
    ...{ learning: null, cascade: null },
  };
}

test("every prompt is measured by what was made of the others, and counts alike", async () => {
  const { seeds, curves } = await backtestLeavingOut(anInput(), {
    ...{ seeds: 3, seed: 1, shares: [0, 0.5, 1], mixes: 10, hidden: 0 },
  });
  expect(seeds).toBe(3);
  expect(curves.map(({ policy }) => policy)).toEqual(["random", "confidence", "oracle"]);
  const at = (policy: string, point: number) => curves.find((one) => one.policy === policy)!.points[point]!;
  expect(at("random", 0).labelAccuracy.value).toBeCloseTo(0.5, 6);
  expect(at("random", 2).labelAccuracy.value).toBe(1);
  // Half of each prompt's pairs: of the second all that are wrong, of the third half of them.
  expect(at("confidence", 1).labelAccuracy.value).toBeCloseTo((1 + 1 + 0.5) / 3, 6);
  expect(at("confidence", 1).labelAccuracy.interval![0]).toBeLessThan(0.75);
  expect(at("confidence", 1).overRandom!.labelAccuracy.value).toBeCloseTo(
    at("confidence", 1).labelAccuracy.value - at("random", 1).labelAccuracy.value,
    5,
  );
  expect(at("random", 1).rewardAccuracy).toBeNull();
});

test("blocks part the pairs of a prompt, and no block has pairs of two", () => {
  const input = anInput();
  const { groups } = withBlocks(input, 1);
  const prompts = new Map<number, Set<number>>();
  groups.forEach((block, unit) => {
    prompts.set(block, (prompts.get(block) ?? new Set()).add(input.groups[unit]!));
  });
  // Twenty of each prompt in eights.
  expect(prompts.size).toBe(9);
  expect([...prompts.values()].every(({ size }) => size === 1)).toBe(true);
});

test("a difference is as likely by chance as signs give its mean", () => {
  expect(signFlip([1, 1, 1], seededRandom(1))).toBeCloseTo(1 / 8, 1);
  expect(signFlip([1, -1, 1, -1], seededRandom(1))).toBeCloseTo(11 / 16, 1);
  expect(signFlip(new Array<number>(20).fill(0.1), seededRandom(1))).toBeLessThan(0.001);
});
