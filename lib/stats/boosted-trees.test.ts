import { expect, test } from "vitest";
import { fitBoostedTrees, predictBoosted } from "./boosted-trees";
import golden from "./learning-golden.json";

test("foresees what scikit-learn's GradientBoostingRegressor does", () => {
  const { rows, targets, asked, answers } = golden.trees;
  const model = fitBoostedTrees({ rows, targets, trees: 60 });
  asked.forEach((row, i) => expect(predictBoosted(model, row)).toBeCloseTo(answers[i]!, 7));
});

test("one tree of one split, by hand", () => {
  const { base, trees } = fitBoostedTrees({
    rows: [[1], [2], [3], [4]],
    targets: [0, 0, 6, 6],
    ...{ trees: 1, rate: 0.5, depth: 1, fewest: 1 },
  });
  expect(base).toBe(3);
  expect(trees).toEqual([
    { column: [0, -1, -1], cut: [2.5, 0, 0], left: [1, -1, -1], right: [2, -1, -1], value: [0, -1.5, 1.5] },
  ]);
});

test("too few rows for two leaves, or nothing to tell, leave the mean", () => {
  const few = fitBoostedTrees({ rows: [[1], [2]], targets: [1, 3] });
  expect(predictBoosted(few, [9])).toBe(2);
  const alike = fitBoostedTrees({
    rows: Array.from({ length: 30 }, () => [1]),
    targets: Array.from({ length: 30 }, Number),
  });
  expect(alike.trees.every(({ left }) => left.length === 1)).toBe(true);
});
