import { expect, test } from "vitest";
import { denseCard, denseLoading, noRows } from "./card";
import type { DenseHeadMetrics, DenseMetrics } from "./schema";

const figure = (value: number) => ({ value, interval: [value - 0.1, value + 0.1] as [number, number] });
const figures = { precision: figure(0.5), recall: figure(0.4), f1: figure(0.44), accuracy: figure(0.8), auc: 0.7 };
const part = { rows: 200, positives: 40, prompts: 30 };

const head = (name: string): DenseHeadMetrics => ({
  ...{ name, train: part, validation: part, test: part, threshold: 0.25, temperature: 1.1 },
  ...figures,
  logistic: { ...figures, f1: null, rows: 200 },
  ...{ f1Advantage: null, accuracyAdvantage: null },
});

const metrics: DenseMetrics = {
  segments: { heads: [head("vague")], tooFew: [{ name: "rude", train: part, validation: part }] },
  steps: {
    head: head("good"),
    majority: figure(0.7),
    firstError: {
      completions: 12,
      threshold: 0.4,
      accuracy: figure(0.6),
      logistic: figure(0.5),
      majority: figure(0.3),
    },
    oneToMany: {
      ...{ prompts: 9, solutions: 4, chance: 0.25 },
      by: [{ aggregation: "min", accuracy: figure(0.5), reciprocalRank: figure(0.6), bestOfN: figure(0.55) }],
    },
  },
  ...{ leftOut: 0, seconds: 1 },
};

test("a card has each category beside its baseline, and says what was too rare to learn", () => {
  const card = denseCard(metrics).join("\n\n");
  expect(card).toContain("| vague | 40 of 200 (30 prompts) | 0.250 | 50.0 % (40.0 to 60.0) |");
  expect(card).toContain("too few marks to learn: rude");
  expect(card).toContain("right on 200 held-out steps of 30 prompts: 80.0 % (70.0 to 90.0)");
  expect(card).toContain("First error named right in 12 solutions: 60.0 % (50.0 to 70.0)");
  expect(card).toContain("By min of the steps, a right solution is strictly ahead");
});

test("a card says how the file is fed, only where it has such heads", () => {
  expect(denseLoading(metrics, 1024).join()).toContain("`segments` [m, 3072]");
  expect(denseLoading(metrics, 1024).join()).toContain("`dense.segment.vague`, `dense.step`");
  expect(noRows(metrics, 1024)).toContain("numpy.zeros((0, 3072)");
  const none = { ...metrics, segments: { heads: [], tooFew: [] }, steps: null };
  for (const without of [null, none]) {
    expect(denseLoading(without, 1024)).toEqual([]);
    expect(noRows(without, 1024)).toBe("");
  }
  expect(denseCard(null)).toEqual([]);
});
