import { expect, test } from "vitest";
import { compareGroup } from "./compare-group";

test("a group's answers are those worked out by hand", () => {
  const { best, ranking, softmax, winRates } = compareGroup([0, Math.log(3), -Math.log(2)])!;
  expect(best).toBe(1);
  expect(ranking).toEqual([1, 0, 2]);
  // Odds 1 : 3 : 1/2.
  expect(softmax.map((share) => share * 4.5)).toEqual([1, 3, 0.5].map((odds) => expect.closeTo(odds, 12) as number));
  const rates = [(1 / 4 + 2 / 3) / 2, (3 / 4 + 6 / 7) / 2, (1 / 3 + 1 / 7) / 2];
  expect(winRates).toEqual(rates.map((rate) => expect.closeTo(rate, 12) as number));
});

test("win rates of n completions add up to n / 2, as each pair has one win", () => {
  const { winRates, softmax } = compareGroup([3, -1, 0.2, 0.2, 40])!;
  expect(winRates.reduce((sum, rate) => sum + rate, 0)).toBeCloseTo(2.5, 12);
  expect(softmax.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
});

test("equal scores keep their order, and large ones do not overflow", () => {
  expect(compareGroup([800, 800])).toEqual({ best: 0, ranking: [0, 1], softmax: [0.5, 0.5], winRates: [0.5, 0.5] });
});

test("a single completion is no group", () => {
  expect(compareGroup([1])).toBeNull();
});
