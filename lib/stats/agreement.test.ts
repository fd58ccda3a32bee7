import { expect, test } from "vitest";
import { crossAgreement, observedAgreement } from "./agreement";
import { seededRandom } from "./random";

const agree = (units: number[][], seed = 1) => observedAgreement({ units, random: seededRandom(seed) });

test("counts equal pairs among all pairs, by hand", () => {
  // Three labels 0 0 1: one equal pair of three. Two labels 1 1: one of one. Four labels 0 0 1 1: two of six.
  const result = agree([
    [2, 1, 0],
    [0, 2, 0],
    [2, 2, 0],
  ]);
  expect(result).toMatchObject({ agreement: 4 / 10, units: 3, labels: 9, pairs: 10 });
});

test("units with fewer than two labels say nothing", () => {
  expect(
    agree([
      [1, 0, 0],
      [0, 0, 0],
      [0, 2, 0],
    ]),
  ).toMatchObject({ agreement: 1, units: 1, labels: 2, pairs: 1 });
  expect(agree([[1, 0, 0]])).toBeNull();
  expect(agree([])).toBeNull();
});

test("the same seed gives the same interval", () => {
  const units = Array.from({ length: 50 }, (_, i) => (i % 3 === 0 ? [2, 1] : [3, 0]));
  expect(agree(units, 7)).toEqual(agree(units, 7));
});

test("the interval is that of the normal approximation where that holds", () => {
  // 400 units of one pair, 300 of them equal: standard error sqrt(.75 * .25 / 400) = .02165, so .75 -+ .0424.
  const units = Array.from({ length: 400 }, (_, i) => (i < 300 ? [2, 0] : [1, 1]));
  const { agreement, interval } = agree(units)!;
  expect(agreement).toBe(0.75);
  expect(interval[0]).toBeCloseTo(0.7076, 2);
  expect(interval[1]).toBeCloseTo(0.7924, 2);
});

test("labels of one unit are drawn together, so large units widen the interval", () => {
  const small = Array.from({ length: 450 }, (_, i) => (i % 2 === 0 ? [2, 0] : [1, 1]));
  // 10 units of 10 labels have as many pairs, and the same share of equal ones, but only ten draws.
  const large = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? [10, 0] : Array.from({ length: 10 }, () => 1)));
  const width = (units: number[][]) => {
    const { interval, agreement, pairs } = agree(units)!;
    expect([agreement, pairs]).toEqual([0.5, 450]);
    return interval[1] - interval[0];
  };
  expect(width(large)).toBeGreaterThan(3 * width(small));
});

test("an interval has no width when all units say the same", () => {
  expect(
    agree([
      [2, 0],
      [3, 0],
    ])!.interval,
  ).toEqual([1, 1]);
});

test("between two groups, pairs are a label of the one with a label of the other", () => {
  const units: [number[], number[]][] = [
    // Two of three agree with the one; none; one side has no label.
    [
      [2, 1, 0],
      [1, 0, 0],
    ],
    [
      [0, 2, 0],
      [0, 0, 1],
    ],
    [
      [3, 0, 0],
      [0, 0, 0],
    ],
  ];
  const result = crossAgreement({ units, random: seededRandom(1) });
  expect(result).toMatchObject({ agreement: 2 / 5, units: 2, labels: 7, pairs: 5 });
  expect(result!.interval[0]).toBe(0);
  expect(result!.interval[1]).toBeCloseTo(2 / 3);
  expect(crossAgreement({ units: [[[1], [0]]], random: seededRandom(1) })).toBeNull();
});
