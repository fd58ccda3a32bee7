import { expect, test } from "vitest";
import golden from "./learning-golden.json";
import { fitRidge } from "./ridge";

const { rows, targets, alphas } = golden;

test.each([
  ["scikit-learn's RidgeCV", golden.ridge, 0],
  ["rows left out one by one beside a free column", golden.free, 1],
])("alpha and weights are those of %s", (_, expected, free) => {
  const fit = fitRidge({ rows, targets, alphas, free });
  expect(fit.alpha).toBe(expected.alpha);
  expect(fit.intercept).toBeCloseTo(expected.intercept, 7);
  expected.weights.forEach((weight, j) => expect(fit.weights[j]).toBeCloseTo(weight, 7));
});

test("hardly penalised it is the line through the points", () => {
  const fit = fitRidge({ rows: [[0], [1], [2], [3]], targets: [1, 3, 5, 7], alphas: [1e-9] });
  expect([fit.intercept, fit.weights[0]]).toEqual([expect.closeTo(1, 6), expect.closeTo(2, 6)]);
});

test("a column that is constant, or that the free one tells, has no weight", () => {
  const rows = [0, 1, 2, 3, 4].map((x) => [x, 3, 2 * x + 1, x % 2]);
  const fit = fitRidge({ rows, targets: [0, 3, 4, 7, 8], alphas: [1e-9], free: 1 });
  expect(Array.from(fit.weights)).toEqual([expect.closeTo(2, 6), 0, 0, expect.closeTo(1, 6)]);
});
