import { expect, test } from "vitest";
import { quadraticKappa } from "./quadratic-kappa";
import { kendallTauB, spearman } from "./rank-correlation";

test("tau-b of 1 2 2 4 and 1 3 2 4 is .9129, and none where a list ties everything", () => {
  expect(kendallTauB([1, 2, 2, 4], [1, 3, 2, 4])).toBeCloseTo(0.9129, 4);
  expect(kendallTauB([1, 2, 3], [3, 2, 1])).toBe(-1);
  expect(kendallTauB([1, 1, 1], [1, 2, 3])).toBeNull();
});

test("Spearman's correlation takes the mean rank of ties, in short and in long lists", () => {
  // Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: 4.5 / sqrt(4.5 * 5).
  expect(spearman([1, 5, 5, 9], [0, 2, 1, 3])).toBeCloseTo(4.5 / Math.sqrt(22.5), 12);
  expect(spearman([2, 2], [1, 3])).toBeNull();
  const long = Array.from({ length: 40 }, (_, i) => Math.floor(i / 2));
  expect(
    spearman(
      long,
      long.map((value) => value ** 3),
    ),
  ).toBeCloseTo(1, 12);
  expect(
    spearman(
      long,
      long.map((value) => -value),
    ),
  ).toBeCloseTo(-1, 12);
});

test("quadratic kappa of 0122102 and 0221102 is .7941; alike is 1 and a constant is 0", () => {
  expect(quadraticKappa([0, 1, 2, 2, 1, 0, 2], [0, 2, 2, 1, 1, 0, 2])).toBeCloseTo(0.7941, 4);
  expect(quadraticKappa([0, 3, 1], [0, 3, 1])).toBe(1);
  expect(quadraticKappa([1, 1, 1], [0, 2, 1])).toBeCloseTo(0, 12);
  expect(quadraticKappa([1, 1], [1, 1])).toBeNull();
});
