import { expect, test } from "vitest";
import { hashedEncoderVersion } from "@/lib/encoders/hashed";
import type { SnapshotManifest } from "@/lib/datasets/schema";
import { modelCard } from "./model-card";
import type { EstimateView, KindMetrics, RewardModelView } from "./schema";
import { learningSettings } from "./noise/schema";
import { rewardDefaults } from "./training/config";

const estimate = (mean: number): EstimateView => ({
  mean,
  interval: [mean - 0.05, mean + 0.05],
  values: 80,
  groups: 40,
});

const kind: KindMetrics = {
  accuracy: estimate(0.75),
  accuracyAtSimilarLength: null,
  advantage: { majority: estimate(0.25), longerWins: estimate(0.04), sideFeaturesOnly: null },
  ...{ logLoss: 0.5, brier: 0.2, auc: null },
  calibration: { error: 0.04, band: [0.01, 0.08], isWithinBand: true, bins: [] },
};

const parts = { train: 300, validation: 80, test: 80 };
const counts = { pairs: 80, ties: 3, prompts: 40 };

const model: RewardModelView = {
  id: "019a0000-0000-7000-8000-000000000001",
  version: 2,
  snapshotId: "019a0000-0000-7000-8000-000000000002",
  snapshotHash: "ab".repeat(32),
  runId: "019a0000-0000-7000-8000-000000000003",
  seed: 7,
  config: {
    encoder: { version: hashedEncoderVersion, width: 1024 },
    ...{ question: "better", aspect: "helpful", from: "comparison", heads: null, lmWeight: 0.5 },
    ...{ training: rewardDefaults, dense: null, learning: learningSettings.parse({}) },
  },
  metrics: {
    ...{ test: counts, train: { pairs: 300, ties: 9, prompts: 150 }, validation: counts, withImages: 4 },
    ...{ withSides: kind, withoutSides: { ...kind, accuracy: estimate(0.7) } },
    baselines: { majority: estimate(0.5), longerWins: estimate(0.6), sideFeaturesOnly: null },
    bySource: [{ source: "lm", accuracy: estimate(0.8) }],
    ...{ shuffledLabels: estimate(0.51), memberCorrelation: 0.9, temperatures: { withSides: 1, withoutSides: 1 } },
    ...{ bestEpochs: [3], history: [], trainSeconds: 2, provider: null, rewardQuantiles: null, heads: null },
    ...{ tastes: null, preference: null, dense: null, evaluation: null, noise: null, encodedOn: null, failures: [] },
  },
  gate: { isPassed: true, comparedWith: null, isWeakEvidence: true, rules: [], comparison: null },
  ...{ isActive: true, promotedAt: null, artifactBytes: 1000, createdAt: "2026-01-02T03:04:05.000Z" },
};

const manifest: SnapshotManifest = {
  ...{ hash: model.snapshotHash, exporterVersion: 1, taskSchemaVersions: [1], instances: 200 },
  filter: { sources: ["human", "lm"], split: "all" },
  labels: { total: 500, bySource: { human: 320, lm: 180 }, byType: { comparison: 500 } },
  formats: { trl: [], "trl-conversational": [], labels: { written: 500 } },
};

test("a card says what the version was trained on", () => {
  const card = modelCard("panda", model, manifest);
  expect(card).toContain("# Reward model 2 of panda\n");
  expect(card).toContain(`${"ab".repeat(32)}\`: 500 labels (human 320, lm 180) on 200 instances`);
  expect(card).toContain("question `better`, aspect `helpful`; an AI's vote counted 0.5");
  expect(card).toContain("Training part 300 pairs and 9 ties of 150 prompts");
  expect(card).toContain("Left out: 4 pairs with images");
  expect(card).toContain(`Encoder \`${hashedEncoderVersion}\`, width 1024; seed 7; trained 2026-01-02T03:04:05.000Z`);
});

test("a card has the figures beside what they have to beat, with intervals, and owns up to weak evidence", () => {
  const card = modelCard("panda", model, manifest);
  expect(card).toContain("| With length and format | 75.0 % (70.0 % to 80.0 %) |  |");
  expect(card).toContain("| Longer wins | 60.0 % (55.0 % to 65.0 %) | 4.0 % (-1.0 % to 9.0 %) |");
  expect(card).toContain("| Length and format only | n/a | n/a |");
  expect(card).toContain("| On pairs labelled by AI alone | 80.0 % (");
  expect(card).toContain("Weak evidence: there are fewer than 200 test pairs");
  expect(card).toContain("Not shown to beat longer wins or length and format only");
  const sure = { ...model, gate: { ...model.gate, isWeakEvidence: false } };
  expect(modelCard("panda", sure, manifest)).not.toContain("Weak evidence");
});

test("a card tells the groups of annotators, how the worst served fares, and whether preferences are a scale", () => {
  const group = { annotators: 32, labels: 640, prefers: [] };
  const metrics: RewardModelView["metrics"] = {
    ...model.metrics,
    tastes: {
      ...{ kind: "fitted", annotators: 40, labels: { train: 800, validation: 200, test: 200 }, gains: [] },
      groups: [
        { ...group, share: 0.8, accuracy: estimate(0.9), single: estimate(0.89) },
        { ...group, share: 0.2, accuracy: estimate(0.85), single: estimate(0.2) },
      ],
      worst: { accuracy: estimate(0.85), single: estimate(0.2) },
      ...{ members: [], disputes: [] },
    },
    preference: {
      ...{ kind: "fitted", pairs: parts, temperature: 1, accuracy: estimate(0.8), bradleyTerry: estimate(0.7) },
      likelihoodGain: estimate(0.1),
      cycles: { share: estimate(0.3), byNoise: 0.08 },
    },
  };
  const card = modelCard("panda", { ...model, metrics }, manifest);
  expect(card).toContain("| B | 20.0 % | 32 | 640 | 85.0 % (80.0 % to 90.0 %) | 20.0 % (15.0 % to 25.0 %) |");
  expect(card).toContain("served worst: 85.0 % (80.0 % to 90.0 %), by the single model 20.0 % (");
  expect(card).toContain("`tastes` [n, 2]");
  expect(card).toContain("0.1000 nats a pair (0.0500 to 0.1500) better than Bradley-Terry");
  expect(card).toContain("30.0 % (25.0 % to 35.0 %) form a cycle; noise alone would make up to 8.0 %");
  const skipped = { kind: "skipped" as const, reason: "There are too few." };
  const bare = modelCard(
    "panda",
    { ...model, metrics: { ...metrics, tastes: skipped, preference: skipped } },
    manifest,
  );
  expect(bare).toContain("## Tastes\n\nGroups of annotators were not looked for. There are too few.");
  expect(bare).toContain("## Preferences as a scale\n\nNot measured. There are too few.");
});

test("a card names its limits and how the file is loaded", () => {
  const card = modelCard("panda", { ...model, isActive: false, gate: { ...model.gate, isPassed: false } }, manifest);
  expect(card).toContain("The promotion gate held it back.");
  expect(card).toContain("completions of one prompt only");
  expect(card).toContain('InferenceSession("panda-reward-model-2.onnx")');
  expect(card.endsWith("```\n")).toBe(true);
});

test("a card says which of a version's answers the prompt counts for", () => {
  const estimate = model.metrics.withSides.accuracy!;
  const gate = { accuracy: estimate, overallAccuracy: estimate, difference: estimate, weights: [] };
  const heads = { ties: null, rankings: null, ratings: [], binary: [], aspects: [], gate, leftOut: [] };
  expect(modelCard("panda", model, manifest)).not.toContain("The prompt counts");
  const gated = { ...model, metrics: { ...model.metrics, heads } };
  expect(modelCard("panda", gated, manifest)).toContain("The prompt counts for the weights of the aspects.");
});

test("a card of a version with a language model names it, and does not load hashed features", () => {
  const encoder = { version: "onnx-12-mean", width: 384, model: { folder: "minilm", pooling: "mean" as const } };
  const card = modelCard("panda", { ...model, config: { ...model.config, encoder } }, manifest);
  expect(card).toContain("Encoder `onnx-12-mean` (model `minilm`, mean pooling), width 384; seed 7");
  expect(card).toContain("what the frozen model `minilm` makes of it");
  expect(card).toContain("vectors = ...  # float32 of length 1 from minilm, mean pooling");
  expect(card).not.toContain("features(texts");
});

test("a card says where the version is good and where not, and what its training did about doubtful labels", () => {
  const share = { mean: 0.7, interval: [0.6, 0.8] as [number, number], values: 50, groups: 40 };
  const evaluation: NonNullable<RewardModelView["metrics"]["evaluation"]> = {
    ...{
      slices: [],
      unlisted: 0,
      annotators: [],
      seconds: 1,
      ceiling: { humanAgreement: share, most: 0.816, singleAnswers: share },
    },
    worst: { by: "domain", value: "law", accuracy: share, auc: null, logLoss: null, calibrationError: null },
    learningCurve: {
      points: [{ share: 0.5, pairs: 100, prompts: 90, accuracy: share, logLoss: 0.6 }],
      ...{ members: 3, maxEpochs: 20, cutTo: null, skipped: null },
    },
    outOfDistribution: { field: null, domains: [], skipped: "The instances name no domain, or a single one." },
    oneToMany: { prompts: 0, accuracy: null, reciprocalRank: null, chance: null },
    bestOfN: {
      ...{ by: "correctness", prompts: 40, random: 0.25, gain: { ...share, mean: 0.45, interval: [0.4, 0.5] } },
      points: [
        { n: 1, picked: { ...share, mean: 0.25 }, oracle: 0.25 },
        { n: 4, picked: share, oracle: 0.9 },
      ],
    },
    consistency: { pairs: 0, response: null, instruction: null, equal: 0 },
    bias: { features: [], lengthCoefficient: 0.25 },
  };
  const noise = {
    ...{ pairs: 300, ties: 9, folds: 5, members: 5, flipRate: 0.2, suspects: 40, expectedPrecision: 0.8, treated: 30 },
    ...{ lmWeight: 0.25, triedWeights: [], skipped: null },
  };
  const card = modelCard(
    "panda",
    {
      ...model,
      config: { ...model.config, learning: learningSettings.parse({ noise: { kind: "drop" } }) },
      metrics: { ...model.metrics, evaluation, noise },
    },
    manifest,
  );
  expect(card).toContain("an AI's vote counted 0.25");
  expect(card).toContain(
    "The best of 4 stored completions by this reward is right 70.0 % (60.0 % to 80.0 %) on 40 prompts, at random 25.0 % (gain 45.0 %, 40.0 % to 50.0 %), at best 90.0 %",
  );
  expect(card).toContain("probably wrong were left out: 30; stored labels are as they were given");
  expect(card).toContain("- Worst on pairs with domain: law: 70.0 % (60.0 % to 80.0 %) of 50\n");
  expect(card).toContain("more than 81.6 % of the time");
  expect(card).toContain("Right after 50 % of the prompts 70.0 %");
  expect(card).toContain("(one-to-many n = 0)");
  expect(card).toContain("40 are rather wrong than right, of which 80.0 % are expected to be wrong indeed");
});
