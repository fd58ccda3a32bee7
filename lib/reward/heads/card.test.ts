import { expect, test } from "vitest";
import { headsOnCard } from "./card";
import type { HeadMetrics } from "./schema";

const estimate = (mean: number): NonNullable<HeadMetrics["ratings"][number]["error"]> => ({
  ...{ mean, interval: [mean - 0.1, mean + 0.1], values: 50, groups: 20 },
});

const none: HeadMetrics = {
  ...{ ties: null, rankings: null, ratings: [], binary: [], aspects: [], gate: null, leftOut: [] },
};

test("a version without heads has no section about them", () => {
  expect(headsOnCard(null)).toEqual([]);
  expect(headsOnCard(none)).toEqual([]);
});

test("each head stands beside what it has to beat, and labels that were too few are told of", () => {
  const text = headsOnCard({
    ...none,
    ratings: [
      {
        ...{ question: "stars", aspect: "overall", names: null, centres: [1, 2], bounds: [1], train: 300 },
        ...{ spearman: estimate(0.6), error: estimate(0.5), medianError: estimate(0.9), kappa: null },
      },
    ],
    gate: {
      weights: [
        { aspect: "kind", mean: 0.25 },
        { aspect: "true", mean: 0.75 },
      ],
      ...{ accuracy: estimate(0.7), overallAccuracy: estimate(0.6), difference: estimate(0.1) },
    },
    leftOut: [{ name: "thumb", train: 3, validation: 1 }],
  }).join("\n");
  expect(text).toContain("| rating stars, overall | 300 | 50 | Spearman 0.600 (0.500 to 0.700), mean error 0.500 (");
  expect(text).toContain("| always the median: mean error 0.900 (0.800 to 1.000), kappa 0 |");
  expect(text).toContain("Mean weight of the aspects: kind 0.25, true 0.75.");
  expect(text).toContain("Too few labels for a head of their own: thumb (3 to train, 1 to validate).");
});
