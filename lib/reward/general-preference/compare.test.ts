import { expect, test } from "vitest";
import { comparePreference } from "./compare";

test("completions in a circle beat each other, and are mixed evenly", () => {
  // Directions a third of a turn apart in one plane.
  const vectors = [0, 1, 2].map((third) => {
    const angle = (2 * Math.PI * third) / 3;
    return [2 * Math.cos(angle), 2 * Math.sin(angle)];
  });
  const { preferred, winRates, minimax } = comparePreference(vectors)!;
  // b_1 a_0 - a_1 b_0 = 4 sin(120 degrees).
  const p = 1 / (1 + Math.exp(-4 * Math.sin((2 * Math.PI) / 3)));
  expect(preferred[1]![0]).toBeCloseTo(p, 12);
  expect(preferred[2]![1]).toBeCloseTo(p, 12);
  expect(preferred[0]![2]).toBeCloseTo(p, 12);
  expect(preferred.map((row, i) => row[i])).toEqual([0.5, 0.5, 0.5]);
  for (const rate of winRates) expect(rate).toBeCloseTo(0.5, 12);
  for (const share of minimax) expect(share).toBeCloseTo(1 / 3, 9);
});

test("on a scale the best completion is the whole mixture, and one completion is compared with nothing", () => {
  const { preferred, minimax } = comparePreference([
    [1, 0.5],
    [1, 2],
  ])!;
  expect(preferred[1]![0]).toBeCloseTo(1 / (1 + Math.exp(-1.5)), 12);
  expect(minimax).toEqual([expect.closeTo(0, 12), expect.closeTo(1, 12)]);
  expect(comparePreference([[1, 2]])).toBeNull();
});
