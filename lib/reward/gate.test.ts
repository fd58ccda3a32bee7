import { expect, test } from "vitest";
import { decideGate, overtaken } from "./gate";
import type { EstimateView, KindMetrics, ModelComparison, ModelMetrics } from "./schema";

const estimate = (mean: number, half = 0.005, values = 500): EstimateView => ({
  mean,
  interval: [mean - half, mean + half],
  values,
  groups: values,
});

function metrics(fields: { pairs?: number; overMajority?: number; error?: number; isWithinBand?: boolean } = {}) {
  const { pairs = 500, overMajority = 0.1, error = 0.03, isWithinBand = true } = fields;
  const withSides: KindMetrics = {
    accuracy: estimate(0.7),
    accuracyAtSimilarLength: null,
    advantage: { majority: estimate(overMajority), longerWins: null, sideFeaturesOnly: null },
    ...{ logLoss: 0.6, brier: 0.2, auc: 0.7 },
    calibration: { error, band: [0.01, 0.05], isWithinBand, bins: [] },
  };
  return { test: { pairs, ties: 0, prompts: pairs }, withSides } satisfies Pick<ModelMetrics, "test" | "withSides">;
}

function comparison(fields: Partial<ModelComparison> = {}): ModelComparison {
  return {
    ...{ version: 3, logLoss: estimate(-0.02), accuracy: estimate(0.02), activeCalibrationError: 0.02, distance: 0.05 },
    groups: [],
    slices: [],
    lost: [],
    ...fields,
  };
}

const failed = (decision: ReturnType<typeof decideGate>): string[] =>
  decision.rules.filter(({ isPassed }) => !isPassed).map(({ rule }) => rule);

test("the first version has to beat the majority, and says so when it does not", () => {
  expect(decideGate(metrics(), null, null)).toMatchObject({
    isPassed: true,
    comparedWith: null,
    isWeakEvidence: false,
  });
  const held = decideGate(metrics({ overMajority: -0.04 }), null, null);
  expect(held.isPassed).toBe(false);
  expect(held.rules[0]!.reason).toBe("It does not beat the majority baseline: it is right 4.0 points less often.");
  expect(decideGate(metrics({ overMajority: 0 }), null, null).isPassed).toBe(false);
});

test("a later version passes when nothing is worse", () => {
  const decision = decideGate(metrics(), 3, comparison());
  expect(decision).toMatchObject({ isPassed: true, comparedWith: 3 });
  expect(decision.rules.map(({ rule }) => rule)).toEqual(["loss", "calibration", "groups", "drift"]);
});

test.each([
  ["loss", metrics(), comparison({ logLoss: estimate(0.008, 0.005) })],
  ["calibration", metrics({ error: 0.08, isWithinBand: false }), comparison()],
  ["calibration", metrics({ pairs: 2000, error: 0.06, isWithinBand: true }), comparison()],
  ["groups", metrics(), comparison({ groups: [{ source: "human", accuracy: estimate(-0.05, 0.02, 150) }] })],
  ["drift", metrics(), comparison({ distance: 0.12 })],
  ["parts", metrics(), comparison({ lost: ["dense"] })],
])("a later version is held back by one rule alone: %s", (rule, given, beside) => {
  const decision = decideGate(given, 3, beside);
  expect(failed(decision)).toEqual([rule]);
  expect(decision.isPassed).toBe(false);
});

test("a large slice that loses holds a version back, and the worst one is named", () => {
  const slices = [
    { by: "domain" as const, value: "law", accuracy: estimate(-0.04, 0.01, 120) },
    { by: "domain" as const, value: "cooking", accuracy: estimate(-0.09, 0.01, 120) },
    { by: "tag" as const, value: "rare", accuracy: estimate(-0.5, 0.01, 99) },
  ];
  const { isPassed, rules } = decideGate(metrics(), 3, comparison({ slices }));
  expect(isPassed).toBe(false);
  expect(rules.find(({ rule }) => rule === "groups")!.reason).toBe(
    "It is right 9.0 points less often than version 3 on pairs with domain: cooking, and loses more than 2 points on 1 more.",
  );
});

test("small groups and calibration no worse than before hold nobody back", () => {
  const groups = [{ source: "lm" as const, accuracy: estimate(-0.3, 0.02, 99) }];
  expect(decideGate(metrics(), 3, comparison({ groups })).isPassed).toBe(true);
  const calibration = metrics({ error: 0.09, isWithinBand: false });
  expect(decideGate(calibration, 3, comparison({ activeCalibrationError: 0.085 })).isPassed).toBe(true);
});

test("with few test pairs the point estimates decide, marked as weak evidence", () => {
  const few = metrics({ pairs: 150 });
  const wide = comparison({ logLoss: estimate(0.005, 0.2, 150), distance: 0.4 });
  expect(decideGate(few, 3, wide)).toMatchObject({ isPassed: true, isWeakEvidence: true });
  expect(failed(decideGate(few, 3, comparison({ logLoss: estimate(0.02, 0.2, 150) })))).toEqual(["loss"]);
});

test("without test pairs no version takes the place of another", () => {
  const decision = decideGate(metrics({ pairs: 0 }), 3, null);
  expect(decision.isPassed).toBe(false);
  expect(decision.rules[0]!.reason).toContain("no test pairs");
});

test("a version that was compared with one that no longer serves is held back", () => {
  const decision = overtaken(decideGate(metrics(), 3, comparison()), 4);
  expect(decision.isPassed).toBe(false);
  expect(failed(decision)).toEqual(["still-active"]);
});
