import { expect, test } from "vitest";
import { clusteredLogistic } from "./clustered-logistic";

const rows = [
  [1, 0.5],
  [1, -1],
  [-1, 0.25],
  [1, 2],
  [-1, -1.5],
  [1, 0],
  [-1, 0.75],
  [1, -0.5],
];
const targets = [1, 0, 0, 1, 1, 0, 1, 1];
const groups = [0, 0, 1, 1, 2, 2, 3, 3];

test("coefficients and clustered errors are those of statsmodels, but for its correction by rows", () => {
  const fit = clusteredLogistic({ rows, width: 2, targets, groups, l2: 0 })!;
  expect(fit.converged).toBe(true);
  expect(fit.coefficients[0]!.value).toBeCloseTo(-0.0894875228799843, 6);
  expect(fit.coefficients[1]!.value).toBeCloseTo(0.5168018344230697, 6);
  expect(fit.coefficients[0]!.standardError).toBeCloseTo(0.8009073818669322, 6);
  expect(fit.coefficients[1]!.standardError).toBeCloseTo(0.6862691489878919, 6);
  const { value, standardError, interval } = fit.coefficients[1]!;
  expect(interval[1] - value).toBeCloseTo(1.96 * standardError, 4);
});

test("one group, or columns that say the same, give no intervals", () => {
  expect(clusteredLogistic({ rows, width: 2, targets, groups: groups.map(() => 0), l2: 0 })).toBeNull();
  const doubled = rows.map(([a]) => [a!, a!]);
  expect(clusteredLogistic({ rows: doubled, width: 2, targets, groups, l2: 0 })).toBeNull();
});
