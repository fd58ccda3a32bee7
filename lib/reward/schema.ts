import { z } from "zod";
import { encoderConfig } from "@/lib/encoders/schema";
import { denseAnswer, denseConfig, denseMetrics, denseRequest, neutralSteps } from "./dense/schema";
import { estimate, interval } from "./estimate";
import { evaluationMetrics, slice } from "./evaluation/schema";
import { generalComparison, preferenceMetrics } from "./general-preference/schema";
import { headConfig, headMetrics, headScores, headTraining, learnsFrom } from "./heads/schema";
import { learningSettings, noiseMetrics } from "./noise/schema";
import { reductions, tasteMetrics } from "./tastes/schema";

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

/** Which of onnxruntime's providers computed the steps of a training. */
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
  tastes: tasteMetrics.nullable().default(null),
  preference: preferenceMetrics.nullable().default(null),
  /** Of the heads for segments and steps; null without labels of them. */
  dense: denseMetrics.nullable().default(null),
  /** Null for versions from before it was measured, and in lists. */
  evaluation: evaluationMetrics.nullable().default(null),
  noise: noiseMetrics.nullable().default(null),
  /** Heads beside the overall reward; null in versions from before there were any. */
  heads: headMetrics.nullable().default(null),
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
});
export type ModelComparison = z.infer<typeof modelComparison>;

export const gateRules = ["beats-majority", "loss", "calibration", "groups", "drift", "still-active"] as const;

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

/** Most completions in one call of the score endpoint, those of stored instances included. */
export const maxScoredCompletions = 1000;

/** Most completions that one item can bring. */
export const maxItemCompletions = 100;

/** Most bytes of a body with texts to score: trainers send whole batches, OpenRLHF with each prompt twice. */
export const maxScoreBodyBytes = 16_000_000;

/** Most bytes of stored text in one call of the score endpoint: two of the largest records. */
export const maxStoredBytes = 32 * 1024 ** 2;

/** What completions can be ranked and shaped by; each is described where it is answered. */
export const scoreNames = ["reward", "rewardWithSides", "min", "meanMinusSd", "uwo", "worstGroup"] as const;
export type ScoreName = (typeof scoreNames)[number];

const by = z
  .enum(scoreNames)
  .default("reward")
  .describe(
    "By which score completions are ranked and shaped; min, meanMinusSd and uwo distrust what members dispute, worstGroup pleases the least pleased group of annotators",
  );
const lambda = z
  .number()
  .min(0, "must be at least 0")
  .max(1000, "must be at most 1000")
  .default(0.5)
  .describe("What the members' disagreement costs: .5 suits best of n, .1 suits PPO (Coste et al.)");

const message = z.strictObject({ role: z.string().min(1), content: z.string() });

const scoreItem = z
  .strictObject({
    instanceId: z.uuid().optional().describe("A stored instance: its prompt, completions and reference"),
    prompt: z.string().optional(),
    messages: z.array(message).min(1, "needs at least one message").optional(),
    completions: z
      .array(z.string())
      .min(1, "needs at least one")
      .max(maxItemCompletions, `can have at most ${maxItemCompletions}`)
      .optional(),
    reference: z
      .string()
      .optional()
      .describe("A completion to measure the others by; without it the reference that is stored with the prompt"),
    ...denseRequest,
  })
  .refine(
    (item) => [item.instanceId, item.prompt, item.messages].filter((given) => given !== undefined).length === 1,
    "needs one of instanceId, prompt and messages",
  )
  .refine(
    ({ instanceId, completions }) => (instanceId === undefined) === (completions !== undefined),
    "needs completions with a prompt or messages, and none with an instanceId",
  )
  .refine(
    ({ completions, steps }) => steps === undefined || steps.length === completions?.length,
    "needs steps for each of the completions that are sent, or none",
  );
export type ScoreItem = z.infer<typeof scoreItem>;

export const scoreInput = z.strictObject({
  items: z
    .array(scoreItem)
    .min(1, "needs at least one item")
    .max(maxScoredCompletions, `can have at most ${maxScoredCompletions} items`)
    .refine(
      (items) => items.reduce((sum, { completions }) => sum + (completions?.length ?? 0), 0) <= maxScoredCompletions,
      `can have at most ${maxScoredCompletions} completions in all`,
    ),
  by,
  lambda,
  members: z.boolean().default(false).describe("Whether the answer has each member's reward"),
  groups: z.boolean().default(false).describe("Whether the answer has the reward of each group of annotators"),
  reduce: z.enum(reductions).default("min").describe("How the groups' rewards make one: min is MaxMin's"),
  general: z
    .boolean()
    .default(false)
    .describe("Whether completions are compared by the model that need not be a scale"),
  heads: z.boolean().default(false).describe("Whether the answer has what each head beside the overall reward says"),
});
export type ScoreInput = z.infer<typeof scoreInput>;
/** As it is sent, with what has a default left out. */
export type ScoreRequest = z.input<typeof scoreInput>;

/** The query of the addresses that answer in the shapes of other servers, where one score a text is asked for. */
export const servedQuery = z.strictObject({ by, lambda: z.coerce.number().pipe(lambda.unwrap()).default(0.5) });
export type ServedQuery = z.infer<typeof servedQuery>;

/** Scores of one completion in logits, divided by the version's temperature: comparable within a prompt only. */
const scored = z.object({
  reward: z.number().describe("Of the text alone: the mean of the members"),
  rewardWithSides: z.number().describe("With length and format counted in"),
  sd: z.number().describe("Standard deviation of the members' rewards of the text alone"),
  percentile: z
    .number()
    .nullable()
    .describe("Place of the reward, 0 to 100, in those of what the version was trained on; null for old versions"),
  min: z.number().describe("Worst case: the lowest reward of a member"),
  meanMinusSd: z.number().describe("reward - lambda sd"),
  uwo: z.number().describe("reward - lambda sd^2 (uncertainty-weighted, Coste et al.)"),
  shaped: z
    .number()
    .nullable()
    .describe("1 / (1 + exp(-(score - score of the reference))), in (0, 1); null without a reference"),
  members: z.array(z.number()).optional().describe("Of the text alone, by each member; on request"),
  worstGroup: z
    .number()
    .nullable()
    .describe("The lowest of the groups' rewards, in standard deviations; null where the version has no groups"),
  groups: z
    .array(z.number())
    .optional()
    .describe(
      "By each group of annotators, in standard deviations from the mean of the training completions; on request",
    ),
  groupReward: z.number().optional().describe("The groups' rewards, reduced as asked"),
  ...denseAnswer,
  heads: headScores.optional().describe("On request: aspects, ratings, answers by yes or no, and the gated reward"),
});
export type ScoredCompletion = z.infer<typeof scored>;

const group = z.object({
  best: z.int().describe("Place of the completion with the highest score, from 0: best of n"),
  ranking: z.array(z.int()).describe("Places of all, best first; equals in the order they came in"),
  softmax: z.array(z.number()).describe("exp(score) / sum of exp(score)"),
  winRates: z.array(z.number()).describe("Mean probability of being preferred to each of the others"),
});
export type GroupScores = z.infer<typeof group>;

export const scoreOutput = z.object({
  version: z.int(),
  items: z.array(
    z.object({
      completions: z.array(scored),
      group: group.nullable().describe("Null for a single completion"),
      general: generalComparison.nullable().optional().describe("On request; null for a single completion"),
      firstPreferred: z
        .object({
          probability: z.number(),
          probabilityWithSides: z.number(),
          outcomes: z
            .object({ first: z.number(), tie: z.number(), second: z.number() })
            .nullable()
            .describe("With length and format, where the version learned how frequent ties are (Davidson); else null"),
        })
        .nullable()
        .describe("For exactly two completions: the calibrated probability that the first is preferred"),
    }),
  ),
});
export type ScoreOutput = z.infer<typeof scoreOutput>;

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
