import { expect, test } from "vitest";
import { conservativeScores } from "./conservative";

test("scores that distrust disagreement are those worked out by hand", () => {
  // Mean 2, variance (4 + 1 + 9) / 3 = 14 / 3.
  const { sd, min, meanMinusSd, uwo } = conservativeScores([0, 1, 5], 0.5);
  expect(sd).toBeCloseTo(Math.sqrt(14 / 3), 12);
  expect(min).toBe(0);
  expect(meanMinusSd).toBeCloseTo(2 - Math.sqrt(14 / 3) / 2, 12);
  expect(uwo).toBeCloseTo(2 - 7 / 3, 12);
});

test("members that agree, or a single one, cost nothing", () => {
  expect(conservativeScores([1.5, 1.5, 1.5], 0.5)).toEqual({ sd: 0, min: 1.5, meanMinusSd: 1.5, uwo: 1.5 });
  expect(conservativeScores([-2], 3)).toEqual({ sd: 0, min: -2, meanMinusSd: -2, uwo: -2 });
});

test("without a price disagreement is only told", () => {
  expect(conservativeScores([-1, 1], 0)).toEqual({ sd: 1, min: -1, meanMinusSd: 0, uwo: 0 });
});
