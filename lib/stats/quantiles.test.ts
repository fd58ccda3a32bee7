import fc from "fast-check";
import { expect, test } from "vitest";
import { percentileOf, quantilesOf } from "./quantiles";

test("quantiles lie between the sorted values", () => {
  expect(quantilesOf([10, 2, 4], 3)).toEqual([2, 4, 10]);
  expect(quantilesOf([10, 2, 4], 5)).toEqual([2, 3, 4, 7, 10]);
  // R: quantile(c(1, 2, 3, 4), c(0, .25, .5, .75, 1)) is 1, 1.75, 2.5, 3.25, 4.
  expect(quantilesOf([4, 1, 3, 2], 5)).toEqual([1, 1.75, 2.5, 3.25, 4]);
  expect(quantilesOf(Float32Array.of(3), 3)).toEqual([3, 3, 3]);
});

test("a percentile is the place among the quantiles", () => {
  const quantiles = [0, 1, 3, 7, 15];
  expect([-5, 0, 0.5, 1, 2, 5, 15, 99].map((value) => percentileOf(quantiles, value))).toEqual([
    0, 0, 12.5, 25, 37.5, 62.5, 100, 100,
  ]);
});

test("a value that many have is in their middle", () => {
  expect(percentileOf([0, 5, 5, 5, 9], 5)).toBe(50);
  expect(percentileOf([5, 5, 5], 5)).toBe(50);
  expect(percentileOf([5, 5, 9], 5)).toBe(25);
});

test("a higher value has no lower percentile, and none leaves 0 to 100", () => {
  const numbers = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 50 });
  const value = fc.double({ min: -200, max: 200, noNaN: true });
  fc.assert(
    fc.property(numbers, value, value, (values, a, b) => {
      const quantiles = quantilesOf(values, 21);
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map((one) => percentileOf(quantiles, one)) as [
        number,
        number,
      ];
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(100);
      expect(high).toBeGreaterThanOrEqual(low);
    }),
  );
});
