import { expect, test } from "vitest";
import { observedAgreement } from "./agreement";
import { seededRandom } from "./random";
import { ratioInterval } from "./ratio-interval";

test("with equal denominators it is the normal interval of a mean", () => {
  // 300 ones among 400: variance of the mean .75 * .25 / 399.
  const [low, high] = ratioInterval([
    { count: 300, numerator: 1, denominator: 1 },
    { count: 100, numerator: 0, denominator: 1 },
  ]);
  const halfWidth = 1.959963984540054 * Math.sqrt((0.75 * 0.25) / 399);
  expect(low).toBeCloseTo(0.75 - halfWidth, 12);
  expect(high).toBeCloseTo(0.75 + halfWidth, 12);
});

test("a case by hand with unequal denominators", () => {
  // R = 4/6; deviations 1 - 2/3, 3 - 2, 0 - 4/3; n/(n-1) = 3/2.
  const squares = 1 / 9 + 1 + 16 / 9;
  const halfWidth = (1.959963984540054 * Math.sqrt(1.5 * squares)) / 6;
  const groups = [
    [1, 1],
    [3, 3],
    [0, 2],
  ].map(([numerator, denominator]) => ({ count: 1, numerator: numerator!, denominator: denominator! }));
  const [low, high] = ratioInterval(groups);
  expect(high - low).toBeCloseTo(2 * halfWidth, 12);
  expect(low + high).toBeCloseTo((2 * 4) / 6, 12);
});

test("it agrees with the bootstrap where there are many units", () => {
  const units = Array.from({ length: 5000 }, (_, i) => (i % 5 === 0 ? [2, 1, 1] : i % 3 === 0 ? [1, 1, 0] : [3, 0, 0]));
  const { interval } = observedAgreement({ units, random: seededRandom(3) })!;
  const pairs = (n: number) => (n * (n - 1)) / 2;
  const groups = units.map((counts) => ({
    count: 1,
    numerator: counts.reduce((sum, n) => sum + pairs(n), 0),
    denominator: pairs(counts.reduce((sum, n) => sum + n, 0)),
  }));
  const [low, high] = ratioInterval(groups);
  expect(low).toBeCloseTo(interval[0], 2.5);
  expect(high).toBeCloseTo(interval[1], 2.5);
});

test("one unit and units that all say the same have no width", () => {
  expect(ratioInterval([{ count: 1, numerator: 1, denominator: 3 }])).toEqual([1 / 3, 1 / 3]);
  expect(ratioInterval([{ count: 9, numerator: 3, denominator: 3 }])).toEqual([1, 1]);
});
