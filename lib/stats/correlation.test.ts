import { expect, test } from "vitest";
import { correlation } from "./correlation";

test("lines that rise and fall together correlate wholly, a bent one less", () => {
  expect(correlation([1, 2, 3], [10, 20, 30])).toBeCloseTo(1, 12);
  expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  // Covariance 1 / 3, variances 2 / 3 and 2 / 9.
  expect(correlation([1, 2, 3], [0, 1, 1])).toBeCloseTo(Math.sqrt(3) / 2, 12);
});

test("what does not vary correlates with nothing", () => {
  expect(correlation([1, 1], [1, 2])).toBeNaN();
  expect(correlation([], [])).toBeNaN();
});
