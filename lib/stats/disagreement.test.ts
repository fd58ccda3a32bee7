import fc from "fast-check";
import { expect, test } from "vitest";
import { disagreement } from "./disagreement";

test("members that say the same do not disagree, however unsure they are", () => {
  expect(disagreement([0, 0, 0])).toBe(0);
  expect(disagreement([1.7, 1.7, 1.7])).toBeCloseTo(0, 15);
  expect(disagreement([800, 800])).toBe(0);
});

test("members that are sure of opposite answers disagree by ln 2", () => {
  expect(disagreement([60, -60])).toBeCloseTo(Math.LN2, 12);
  expect(disagreement([1000, -1000, 1000, -1000])).toBeCloseTo(Math.LN2, 12);
});

test("a hand-worked case: probabilities 3/4 and 1/4", () => {
  // H(1/2) - H(1/4) = 0.693147 - 0.562335
  expect(disagreement([Math.log(3), -Math.log(3)])).toBeCloseTo(0.130812, 6);
});

test("an asymmetric case: probabilities 4/5, 4/5 and 1/2", () => {
  // H(0.7) - (2 H(0.8) + H(0.5)) / 3 = 0.610864 - (2 * 0.500402 + 0.693147) / 3
  expect(disagreement([Math.log(4), Math.log(4), 0])).toBeCloseTo(0.046214, 5);
});

test("no member, or one, disagrees with nobody", () => {
  expect([disagreement([]), disagreement([2])]).toEqual([0, 0]);
});

test("it lies between 0 and ln 2 and knows no order and no side", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 2, maxLength: 8 }), (margins) => {
      const value = disagreement(margins);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(Math.LN2 + 1e-12);
      expect(disagreement([...margins].reverse())).toBeCloseTo(value, 12);
      expect(disagreement(margins.map((margin) => -margin))).toBeCloseTo(value, 12);
    }),
  );
});
