import { expect, test } from "vitest";
import golden from "./consensus-golden.json";
import { weightedMean } from "./weighted-mean";

const weighted = (values: number[], weights = values.map(() => 1)) =>
  values.map((value, i) => ({ value, weight: weights[i]! }));

test("equal weights give the mean, s / sqrt(n) and the middle value", () => {
  // 1, 2, 6: mean 3, s^2 = (4 + 1 + 9) / 2 = 7.
  const { mean, standardError, median } = weightedMean(weighted([6, 1, 2]))!;
  expect([mean, median]).toEqual([3, 2]);
  expect(standardError).toBeCloseTo(Math.sqrt(7 / 3), 12);
  expect(weightedMean(weighted([6, 1, 2, 3]))!.median).toBe(2.5);
});

test("a judge of weight 0.5 moves the mean half as much", () => {
  // Mean (4 + 0.5) / 1.5 = 3; squares 1^2 + (0.5 * 2)^2 = 2; se^2 = 2 * 2 / 1.5^2.
  expect(weightedMean(weighted([4, 1], [1, 0.5]))).toEqual({ mean: 3, standardError: 2 / 1.5, median: 4 });
});

test("equal values have no spread, one value no standard error, and no values no mean", () => {
  expect(weightedMean(weighted([5, 5, 5]))).toEqual({ mean: 5, standardError: 0, median: 5 });
  expect(weightedMean(weighted([5], [0.2]))).toEqual({ mean: 5, standardError: null, median: 5 });
  expect(weightedMean([])).toBeNull();
});

test.each(golden.means)("means of $values are NumPy's", ({ values, weights, mean, standardError, median }) => {
  const found = weightedMean(weighted(values, weights))!;
  expect(found.mean).toBeCloseTo(mean, 10);
  expect(found.standardError).toBeCloseTo(standardError, 10);
  expect(found.median).toBe(median);
});
