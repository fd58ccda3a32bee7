import { z } from "zod";
import { encoderConfig } from "@/lib/encoders/schema";
import { failedParts } from "@/lib/text/failed-part-words";
import { denseConfig, denseMetrics, neutralSteps } from "./dense/schema";
import { estimate, interval } from "./estimate";
import { evaluationMetrics, slice } from "./evaluation/schema";
import { partFailure } from "./failures/schema";
import { preferenceMetrics } from "./general-preference/schema";
import { headConfig, headMetrics, headTraining, learnsFrom } from "./heads/schema";
import { learningSettings, noiseMetrics } from "./noise/schema";
import { tasteMetrics } from "./tastes/schema";

export type { EstimateView } from "./estimate";

const time = z.iso.datetime();

/** What a version was trained with; the same on the same snapshot and seed gives the same model. */
export const modelConfig = z.object({
  encoder: encoderConfig,
  /** Question and aspect whose labels it learned overall; versions without a question learned from all with the aspect. */
  question: z.string().nullable().default(null),
  aspect: z.string(),
  /** What the overall reward learned from. */
  from: learnsFrom.default("comparison"),
  /** What it learned beside the overall comparisons; nothing in versions from before there were other heads. */
  heads: headConfig.nullable().default(null),
  /** What an AI's vote counted, where a person's counts 1. */
  lmWeight: z.number(),
  /** How it dealt with doubtful labels; versions from before there was a choice learned from all as they are. */
  learning: learningSettings.default(learningSettings.parse({})),
  training: z.object({
    members: z.int(),
    hidden: z.int(),
    maskedShare: z.number(),
    learningRate: z.number(),
    weightDecay: z.number(),
    batchPairs: z.int(),
    fewestSteps: z.int(),
    maxEpochs: z.int(),
    patience: z.int(),
    warmUpShare: z.number(),
    centring: z.number(),
    ...headTraining,
  }),
  /** Of the heads for segments and steps; null for versions from before there were any. */
  dense: denseConfig.nullable().default(null),
});
export type ModelConfig = z.infer<typeof modelConfig>;

export const epochRecord = z.object({
  epoch: z.int(),
  /** Nats, the heads' mean losses weighed and summed; null before the first epoch. */
  trainLoss: z.number().nullable(),
  /** Of each member, on the validation labels. */
  validationLoss: z.array(z.number()),
});
export type EpochView = z.infer<typeof epochRecord>;

const kindMetrics = z.object({
  accuracy: estimate.nullable(),
  accuracyAtSimilarLength: estimate.nullable(),
  /** Accuracy less that of the baseline, on the same pairs. */
  advantage: z.object({
    majority: estimate.nullable(),
    longerWins: estimate.nullable(),
    sideFeaturesOnly: estimate.nullable(),
  }),
  logLoss: z.number().nullable(),
  brier: z.number().nullable(),
  auc: z.number().nullable(),
  calibration: z.object({
    /** Expected calibration error over ten bins. */
    error: z.number().nullable(),
    /** Where the error of a calibrated model lies on as many pairs. */
    band: interval,
    isWithinBand: z.boolean(),
    bins: z.array(
      z.object({ from: z.number(), to: z.number(), count: z.int(), confidence: z.number(), accuracy: z.number() }),
    ),
  }),
});
export type KindMetrics = z.infer<typeof kindMetrics>;

/** Which of onnxruntime's providers computed, how long a step or a batch took there, and why not the others. */
export const providerChoice = z.object({
  provider: z.enum(["cuda", "webgpu", "cpu"]),
  stepMs: z.number().nullable(),
  others: z.array(z.object({ provider: z.enum(["cuda", "webgpu", "cpu"]), reason: z.string() })),
});

/** Figures of a version on the held-out test part, with the baselines measured on the same pairs. */
export const modelMetrics = z.object({
  test: z.object({ pairs: z.int(), ties: z.int(), prompts: z.int() }),
  train: z.object({ pairs: z.int(), ties: z.int(), prompts: z.int() }),
  validation: z.object({ pairs: z.int(), ties: z.int(), prompts: z.int() }),
  /** Pairs left out of all parts, because a completion has images, which the encoder does not see. */
  withImages: z.int().default(0),
  /** The full reward, length and format counted in. */
  withSides: kindMetrics,
  /** The reward of the text alone. */
  withoutSides: kindMetrics,
  baselines: z.object({
    majority: estimate.nullable(),
    longerWins: estimate.nullable(),
    sideFeaturesOnly: estimate.nullable(),
  }),
  /** Accuracy by who labelled the pair: a person (perhaps with AI), or AI alone. */
  bySource: z.array(z.object({ source: z.enum(["human", "lm"]), accuracy: estimate })),
  /** Accuracy when trained on labels drawn at random: 0.5 must lie in its interval. Null without test pairs. */
  shuffledLabels: estimate.nullable(),
  /** Mean correlation of the members' rewards; above 0.98 they are one model. */
  memberCorrelation: z.number().nullable(),
  temperatures: z.object({ withSides: z.number(), withoutSides: z.number() }),
  bestEpochs: z.array(z.int()),
  history: z.array(epochRecord),
  /** Quantiles of the rewards of what it was trained and validated on, to rank a reward in; older versions have none. */
  rewardQuantiles: z.array(z.number()).min(2).nullable().default(null),
  trainSeconds: z.number(),
  /** Where it was trained, and why not elsewhere. Versions from before there was a choice were trained on the CPU. */
  provider: providerChoice.nullable().default(null),
  /** Where a model in a folder encoded the texts; null for other encoders, and where too few were left to encode to choose by. */
  encodedOn: providerChoice.nullable().default(null),
  tastes: tasteMetrics.nullable().default(null),
  preference: preferenceMetrics.nullable().default(null),
  /** Of the heads for segments and steps; null without labels of them. */
  dense: denseMetrics.nullable().default(null),
  /** Null for versions from before it was measured, where it could not be, and in lists. */
  evaluation: evaluationMetrics.nullable().default(null),
  noise: noiseMetrics.nullable().default(null),
  /** Heads beside the overall reward; null in versions from before there were any. */
  heads: headMetrics.nullable().default(null),
  /** What could not be made, and the version does without; the figures of such a part are null. */
  failures: z.array(partFailure).default([]),
});
export type ModelMetrics = z.infer<typeof modelMetrics>;

/** Test pairs of a kind are compared from so many on. */
export const fewestGroupPairs = 100;

/** A version beside the one that was active, on the same test pairs; differences are new less active. */
export const modelComparison = z.object({
  version: z.int(),
  logLoss: estimate,
  accuracy: estimate.nullable(),
  activeCalibrationError: z.number(),
  /** Kolmogorov-Smirnov distance between the two distributions of standardised rewards. */
  distance: z.number(),
  groups: z.array(z.object({ source: z.enum(["human", "lm"]), accuracy: estimate })),
  /** Of the kinds of pairs that are large enough. */
  slices: z.array(slice.pick({ by: true, value: true, accuracy: true })).default([]),
  /** Parts that the active version has and that could not be made for the new one. */
  lost: z.array(z.enum(failedParts)).default([]),
});
export type ModelComparison = z.infer<typeof modelComparison>;

export const gateRules = ["beats-majority", "loss", "calibration", "groups", "drift", "parts", "still-active"] as const;

/** What the promotion gate decided, rule by rule. */
export const gateDecision = z.object({
  isPassed: z.boolean(),
  /** The active version it was compared with; null for the first. */
  comparedWith: z.int().nullable(),
  /** Too few test pairs for intervals to decide, so the point estimates did. */
  isWeakEvidence: z.boolean(),
  rules: z.array(z.object({ rule: z.enum(gateRules), isPassed: z.boolean(), reason: z.string() })),
  comparison: modelComparison.nullable(),
});
export type GateDecision = z.infer<typeof gateDecision>;

/** Fewer test pairs than this are weak evidence. */
export const fewestTestPairs = 200;

/** A version as the API answers it. */
export const rewardModelView = z.object({
  id: z.uuid(),
  version: z.int(),
  snapshotId: z.uuid(),
  snapshotHash: z.string(),
  runId: z.uuid(),
  seed: z.int(),
  config: modelConfig,
  metrics: modelMetrics,
  gate: gateDecision,
  isActive: z.boolean(),
  promotedAt: time.nullable(),
  /** Null where the file was deleted by the rule for old versions. */
  artifactBytes: z.int().nullable(),
  createdAt: time,
});
export type RewardModelView = z.infer<typeof rewardModelView>;

export const rewardModelList = z.object({ items: z.array(rewardModelView), nextCursor: z.string().nullable() });
export type RewardModelList = z.infer<typeof rewardModelList>;

export const rewardModelListQuery = z.strictObject({
  cursor: z.uuid().optional().describe("The nextCursor of the page before"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const rewardModelParams = z.object({ id: z.uuid() });
export const servedModelParams = z.object({ id: z.union([z.literal("active"), z.uuid()]) });

export const trainInput = z.strictObject({
  snapshotId: z.uuid().optional().describe("A snapshot that is done; without it one of the current labels is made"),
  seed: z.int().min(0).max(2_147_483_647).default(1),
});
export type TrainInput = z.infer<typeof trainInput>;

/** The run that trains. */
export const trainStarted = z.object({ id: z.uuid() });

/** Payload of a run of kind "train". */
export const trainPayload = z.strictObject({
  snapshotId: z.uuid(),
  /** Whether this run makes the snapshot. */
  makesSnapshot: z.boolean(),
  seed: z.int(),
  config: modelConfig,
});
export type TrainPayload = z.infer<typeof trainPayload>;

export const trainPhases = [
  "snapshot",
  "loading",
  "encoding",
  "training",
  "tastes",
  "preference",
  "dense",
  "measuring",
] as const;
export type TrainPhase = (typeof trainPhases)[number];

/** The result of a training run, while it runs too. */
export const trainResult = z.object({
  phase: z.enum([...trainPhases, "done"]),
  loss: z.number().nullable(),
  epoch: z.int(),
  history: z.array(epochRecord),
  /** What it made; null until the end. */
  version: z.int().nullable(),
  modelId: z.uuid().nullable(),
  isPromoted: z.boolean().nullable(),
});
export type TrainResult = z.infer<typeof trainResult>;

/** Payload of a run of kind "score": the version that was active when it was queued. */
export const scorePayload = z.strictObject({ version: z.int() });

export const promoteInput = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(1, "needs at least one character")
    .max(500, "can have at most 500 characters")
    .optional()
    .describe("Why, for a version that the gate held back and that never served"),
});
export type PromoteInput = z.infer<typeof promoteInput>;

export const rollBackInput = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(1, "needs at least one character")
    .max(500, "can have at most 500 characters")
    .describe("Why; kept in the audit log"),
});
export type RollBackInput = z.infer<typeof rollBackInput>;

/** The version that served before the active one. */
export type PreviousModel = { id: string; version: number };

export const rewardSettings = z.strictObject({
  isEnabled: z.boolean().default(false).describe("Whether the schedule below is followed"),
  retrainAfterLabels: z
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(1_000_000, "must be at most 1000000")
    .nullable()
    .default(null)
    .describe("Train again after so many new comparisons by people and judges; null for never"),
  cron: z
    .string()
    .trim()
    .min(1, "needs five fields, or leave it out")
    .max(100, "can have at most 100 characters")
    .nullable()
    .default(null)
    .describe("Train at these times: minute, hour, day of month, month, day of week, in UTC; null for never"),
  neutralSteps: z
    .enum(neutralSteps)
    .optional()
    .describe(
      "What a neutral step is to the step head: good (also without it), half (half good) or left-out (nothing)",
    ),
});
export type RewardSettings = z.infer<typeof rewardSettings>;

/** Which versions keep their files; the one that serves always does. */
export const keptFiles = z.strictObject({
  newest: z
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(10_000, "must be at most 10000")
    .nullable()
    .default(null)
    .describe("So many of the newest versions; null for all versions"),
  servedDays: z
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(3_650, "must be at most 3650")
    .nullable()
    .default(null)
    .describe("Older versions, too, that served within so many days; null for none"),
});
export type KeptFiles = z.infer<typeof keptFiles>;

/** What training has to go on now. */
export const trainingReadiness = z.object({
  /** Labels on decided pairs of the train part. */
  labels: z.int(),
  trainPairs: z.int(),
  validationPairs: z.int(),
  /** Labels on what the overall reward learns from since the last training began. */
  newLabels: z.int(),
});
export type TrainingReadiness = z.infer<typeof trainingReadiness>;
