import { expect, test } from "vitest";
import { betaQuantile, incompleteBeta, logGamma } from "./beta";
import golden from "./beta-golden.json";
import { isBoundedBy, upperBound } from "./clopper-pearson";
import { student975 } from "./student";

/** To so many of the digits of a number, or places of a small one. */
function expectClose(value: number, expected: number, digits: number): void {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(10 ** -digits * Math.max(Math.abs(expected), 1));
}

test("gamma, the incomplete beta function and its inverse are those of SciPy", () => {
  for (const [x, value] of golden.logGamma) expectClose(logGamma(x!), value!, 13);
  for (const [x, a, b, value] of golden.incompleteBeta) expectClose(incompleteBeta(x!, a!, b!), value!, 9);
  for (const [p, a, b, value] of golden.betaQuantile) expectClose(betaQuantile(p!, a!, b!), value!, 9);
});

test("the incomplete beta function has its closed forms", () => {
  expect(incompleteBeta(0.3, 1, 1)).toBeCloseTo(0.3, 14);
  expect(incompleteBeta(0.3, 4, 1)).toBeCloseTo(0.3 ** 4, 14);
  expect(incompleteBeta(0.3, 1, 4)).toBeCloseTo(1 - 0.7 ** 4, 14);
  expect(incompleteBeta(0.5, 7, 7)).toBeCloseTo(0.5, 14);
  expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
});

test("the quantile of Student's t is that of SciPy", () => {
  for (const [degrees, value] of golden.student975) expectClose(student975(degrees!), value!, 9);
});

test("the upper bound is that of SciPy's exact interval of a proportion", () => {
  for (const [errors, n, delta, value] of golden.upperBound) expectClose(upperBound(errors!, n!, delta!), value!, 9);
});

test("without errors the bound is 1 - delta^(1/n), with nothing else or nothing at all it is 1", () => {
  expect(upperBound(0, 20, 0.1)).toBeCloseTo(1 - 0.1 ** (1 / 20), 12);
  expect([upperBound(5, 5, 0.1), upperBound(0, 0, 0.1)]).toEqual([1, 1]);
});

test("asking whether the bound is at most a rate is asking the bound", () => {
  for (const [errors, n] of [
    [0, 44],
    [0, 45],
    [1, 76],
    [1, 77],
    [9, 300],
    [3, 3],
    [0, 0],
  ] as const)
    expect(isBoundedBy(0.05, { errors, n, delta: 0.1 })).toBe(upperBound(errors, n, 0.1) <= 0.05);
});
