import { expect, test } from "vitest";
import type { TrainingPair } from "./data";
import { evaluate, memberCorrelation } from "./evaluate";

const pair = (group: number, strength: number): TrainingPair => ({
  first: 0,
  second: 1,
  group,
  split: "test",
  strength,
  weight: 1,
});

test("accuracies, advantages and ties of five pairs, by hand", () => {
  const pairs = [pair(0, 1), pair(0, -0.5), pair(1, 1), pair(2, -1), pair(2, 0)];
  const evaluation = evaluate(
    {
      pairs,
      logLengthRatios: [0.05, 1, -1, -0.05, 2],
      margins: {
        withSides: [2, -1, -0.5, 0, 1],
        withoutSides: [1, -1, 1, -1, 1],
        majority: [1, 1, 1, 1, 1],
        longerWins: [0.05, 1, -1, -0.05, 2],
        sideFeaturesOnly: [0, 0, 0, 0, 0],
      },
    },
    1,
  );
  expect(evaluation).toMatchObject({ pairs: 4, ties: 1, prompts: 3 });
  expect(evaluation.withSides.accuracy).toMatchObject({ mean: 2.5 / 4, values: 4, groups: 3 });
  expect(evaluation.withoutSides.accuracy).toMatchObject({ mean: 1, interval: [1, 1] });
  expect(evaluation.baselines.majority!.mean).toBe(0.5);
  expect(evaluation.baselines.longerWins!.mean).toBe(0.5);
  expect(evaluation.baselines.sideFeaturesOnly!.mean).toBe(0.5);
  expect(evaluation.withSides.advantage.majority!.mean).toBeCloseTo(0.125, 12);
  expect(evaluation.withSides.accuracyAtSimilarLength).toMatchObject({ mean: 0.75, values: 2 });
  // Margins of the pairs that the first won: 2, -.5; that the second won: -1, 0.
  expect(evaluation.withSides.auc).toBe(0.75);
  const loss = [
    Math.log1p(Math.exp(-2)),
    Math.log1p(Math.exp(-1)),
    Math.log1p(Math.exp(0.5)),
    Math.LN2,
    Math.log1p(Math.exp(1)) - 0.5,
  ];
  expect(evaluation.withSides.logLoss).toBeCloseTo(loss.reduce((sum, value) => sum + value) / 5, 12);
});

test("a model too sure of itself has a calibration error outside of the band of its size", () => {
  const pairs = Array.from({ length: 200 }, (_, i) => pair(i, i % 10 < 6 ? 1 : -1));
  const margins = (margin: number): number[] => pairs.map(() => margin);
  const even = margins(0);
  const { withSides, withoutSides } = evaluate(
    {
      pairs,
      logLengthRatios: even,
      margins: {
        withSides: margins(Math.log(0.6 / 0.4)),
        withoutSides: margins(4),
        majority: even,
        longerWins: even,
        sideFeaturesOnly: even,
      },
    },
    1,
  );
  expect(withSides.calibration.error).toBeCloseTo(0, 12);
  expect(withSides.calibration.isWithinBand).toBe(true);
  expect(withoutSides.calibration.error).toBeCloseTo(1 / (1 + Math.exp(-4)) - 0.6, 12);
  expect(withoutSides.calibration.isWithinBand).toBe(false);
});

test("without test pairs there are no figures, and nothing is called calibrated", () => {
  const margins = { withSides: [], withoutSides: [], majority: [], longerWins: [], sideFeaturesOnly: [] };
  const { pairs, withSides, baselines } = evaluate({ pairs: [], logLengthRatios: [], margins }, 1);
  expect(pairs).toBe(0);
  expect(withSides).toMatchObject({
    accuracy: null,
    logLoss: null,
    brier: null,
    auc: null,
    calibration: { error: null, isWithinBand: false },
  });
  expect(baselines.majority).toBeNull();
});

test("members correlate by the mean over their pairs", () => {
  expect(
    memberCorrelation([
      [1, 2, 3],
      [2, 4, 6],
    ]),
  ).toBeCloseTo(1, 12);
  // Correlations 1, -1 and -1.
  expect(
    memberCorrelation([
      [1, 2, 3],
      [2, 4, 6],
      [3, 2, 1],
    ]),
  ).toBeCloseTo(-1 / 3, 12);
  expect(memberCorrelation([[1, 2, 3]])).toBeNull();
  expect(
    memberCorrelation([
      [1, 2, 3],
      [5, 5, 5],
    ]),
  ).toBeNull();
  expect(
    memberCorrelation([
      [1, 2, 3],
      [5, 5, 5],
      [3, 2, 1],
    ]),
  ).toBeCloseTo(-1, 12);
});
