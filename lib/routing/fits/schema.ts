import { z } from "zod";
import { policyKindNames } from "../policy-kinds";
import { errorModel, figure, gainModel, learnReport } from "../learn/schema";

/** Shares of the instances that people label at which policies are compared. */
export const backtestShares = [0, 0.1, 0.25, 0.5, 0.75, 1] as const;

/** A policy at one share of human labels, over prompts drawn again and over seeds. */
export const backtestPoint = z.object({
  humanShare: z.number(),
  /** Of held-out human consensus: how often the label that the policy buys is the same. */
  labelAccuracy: figure,
  /** Of a reward model trained on these labels, on held-out human labels; null without texts. */
  rewardAccuracy: figure.nullable(),
  rewardLogLikelihood: figure.nullable(),
  /** Of an instance, in millionths of the project's currency; null where nothing has a price. */
  costMicros: z.number().nullable(),
  /** These less those of random routing at the same share, on the same prompts; left out of random routing itself. */
  overRandom: z
    .object({ labelAccuracy: figure, rewardAccuracy: figure.nullable(), rewardLogLikelihood: figure.nullable() })
    .optional(),
});
export type BacktestPoint = z.infer<typeof backtestPoint>;

export const backtestCurve = z.object({
  /** A policy, or people exactly where the judge differs from them, which nobody can know. */
  policy: z.enum([...policyKindNames, "oracle"]),
  points: z.array(backtestPoint),
});
export type BacktestCurve = z.infer<typeof backtestCurve>;

/** Of the LM-labelled part when labels below a confidence go to people. */
export const riskPoint = z.object({
  confidence: z.number(),
  coverage: z.number(),
  risk: z.number(),
  /** Upper bound of the risk with probability 1 - delta. */
  bound: z.number(),
});

/** What one AI annotator's confidence tells; `judge` as labels sign it. */
export const judgeRisk = z.object({
  judge: z.string(),
  name: z.string(),
  labels: z.int(),
  accuracy: figure,
  /** Mean risk over all coverages; of a judge that never says how sure it is, that of all its labels. */
  aurc: z.number(),
  /** Of one label a prompt, as the bounds are of independent ones. */
  curve: z.array(riskPoint),
});
export type JudgeRisk = z.infer<typeof judgeRisk>;

/** What a fit saw: instances with a label of people and one of an LM, of the part that trains. */
export const fitData = z.object({
  question: z.string(),
  aspect: z.string(),
  pairs: z.int(),
  prompts: z.int(),
  /** Of them, drawn at random for both; the others came to have both in another way. */
  drawn: z.int(),
  /** People are undecided: any label of them is compared with single people, and nothing is learned from them. */
  undecided: z.int(),
  /** Left out, where most others have texts, because one is missing or images are to be seen with it. */
  withoutText: z.int(),
  judgeAccuracy: figure,
  /** How often one more person says what the others agree on; null with one label each. */
  humanAccuracy: figure.nullable(),
  encoder: z.string(),
  modelVersion: z.int().nullable(),
  judges: z.array(z.object({ judge: z.string(), name: z.string(), labels: z.int() })),
  /** Pairs whose instance has tags. */
  tagged: z.int(),
});
export type FitData = z.infer<typeof fitData>;

/** What of a fit decides: the gain model, and each judge's confidence beside whether people agreed. */
export const fitModel = z.strictObject({
  gain: gainModel.nullable(),
  errors: errorModel.nullable(),
  /**
   * By judge as labels sign it: [confidence, whether people agree, prompt, pair], of which prompt and pair tell which
   * entries are about the same. The confidence of an inconsistent label is 0: a policy never lets one stand.
   */
  confidences: z.record(z.string(), z.array(z.tuple([z.number(), z.boolean(), z.int(), z.int()]))),
});
export type FitModel = z.infer<typeof fitModel>;

export const fitReport = z.object({
  data: fitData,
  /** Null where there are no texts or too few pairs to learn from; `reason` says which. */
  learned: learnReport.nullable(),
  reason: z.string().nullable(),
  backtest: z.object({ seeds: z.int(), curves: z.array(backtestCurve) }),
  risks: z.array(judgeRisk),
});
export type FitReport = z.infer<typeof fitReport>;

export const fitView = z.object({
  version: z.int(),
  createdAt: z.iso.datetime(),
  /** Why it was made: by hand, on schedule, because a judge or the reward model changed, or after new labels by both. */
  cause: z.enum(["hand", "schedule", "judge", "model", "labels"]),
  report: fitReport,
  /** The newest policy that decides by it; null when none does. */
  policyVersion: z.int().nullable(),
});
export type FitView = z.infer<typeof fitView>;

export const fitInput = z.strictObject({
  mixes: z
    .int()
    .min(50)
    .max(2000)
    .default(500)
    .describe("Of human and AI labels, a reward model being trained on each"),
  hidden: z
    .int()
    .min(0)
    .max(64)
    .default(0)
    .describe("Width of these models' hidden layer; 0, the usual, for linear ones, which take seconds"),
  seed: z.int().min(0).max(2_147_483_647).default(1).describe("Of all draws: the same data and seed give the same fit"),
});
export type FitInput = z.infer<typeof fitInput>;

/** Payload of a run of kind "routing-fit". */
export const fitRunPayload = z.strictObject({
  ...fitInput.shape,
  cause: fitView.shape.cause,
});
export type FitRunPayload = z.infer<typeof fitRunPayload>;

export const fitStarted = z.object({ id: z.uuid().describe("The run, to be followed at /runs/{id}") });

export const fitParams = z.object({ version: z.coerce.number().int().min(1).max(2_147_483_647) });

export const fitListQuery = z.strictObject({
  cursor: z.coerce.number().int().min(1).optional().describe("The nextCursor of the page before"),
  limit: z.coerce.number().int().min(1).max(50).default(10),
});
export type FitListQuery = z.infer<typeof fitListQuery>;
export const fitList = z.object({
  items: z.array(fitView),
  nextCursor: z.string().nullable(),
  /** The run that makes the next one, while it waits or works. */
  runId: z.uuid().nullable(),
});
export type FitList = z.infer<typeof fitList>;

export const backtestQuery = z.strictObject({
  version: fitParams.shape.version.optional().describe("Of the fit; the newest unless given"),
});
export type BacktestQuery = z.infer<typeof backtestQuery>;

/** What a fit's policies would have come to on the data it was made of. */
export const backtestView = z.object({ version: z.int(), data: fitData, ...fitReport.shape.backtest.shape });
export type BacktestView = z.infer<typeof backtestView>;
