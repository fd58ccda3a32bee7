import { expect, test } from "vitest";
import { maximalLottery } from "./maximal-lottery";
import { seededRandom } from "./random";

test("three alternatives in a cycle are mixed by the strengths of the defeats between the others", () => {
  const margins = [
    [0, 0.4, -0.2],
    [-0.4, 0, 0.6],
    [0.2, -0.6, 0],
  ];
  const mixture = maximalLottery(margins);
  expect(mixture[0]).toBeCloseTo(0.5, 10);
  expect(mixture[1]).toBeCloseTo(1 / 6, 10);
  expect(mixture[2]).toBeCloseTo(1 / 3, 10);
});

test("an alternative that beats all others is the whole mixture", () => {
  const margins = [
    [0, -0.1, 0.9],
    [0.1, 0, 0.01],
    [-0.9, -0.01, 0],
  ];
  expect(maximalLottery(margins)).toEqual([expect.closeTo(0, 10), expect.closeTo(1, 10), expect.closeTo(0, 10)]);
});

test("nothing, one alternative, and alternatives that are all alike have a mixture", () => {
  expect(maximalLottery([])).toEqual([]);
  expect(maximalLottery([[0]])).toEqual([1]);
  const mixture = maximalLottery([
    [0, 0],
    [0, 0],
  ]);
  expect(mixture[0]! + mixture[1]!).toBeCloseTo(1, 12);
});

test("no alternative beats the mixture, whatever the margins", () => {
  const random = seededRandom(3);
  for (const n of [2, 3, 5, 8, 20, 100]) {
    const margins = Array.from({ length: n }, () => new Array<number>(n).fill(0));
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++) {
        margins[i]![j] = 2 * random() - 1;
        margins[j]![i] = -margins[i]![j]!;
      }
    const mixture = maximalLottery(margins);
    expect(mixture.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(Math.min(...mixture)).toBeGreaterThanOrEqual(0);
    for (let j = 0; j < n; j++) {
      const against = mixture.reduce((sum, share, i) => sum + share * margins[i]![j]!, 0);
      expect(against).toBeGreaterThan(-1e-9);
    }
  }
});
