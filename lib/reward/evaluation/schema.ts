import { z } from "zod";
import { sliceKinds } from "@/lib/text/slice-words";
import { estimate } from "../estimate";

/** Pairs of fewer than so many say too little to be called the worst. */
export const fewestSlicePairs = 30;

/** From so many pairs on a slice has an area under the curve, a log loss and a calibration error. */
export const fewestCalibrationPairs = 50;

export const slice = z.object({
  by: z.enum(sliceKinds),
  value: z.string(),
  /** Of decided pairs, with length and format counted in; `values` are pairs and `groups` are prompts. */
  accuracy: estimate,
  auc: z.number().nullable(),
  logLoss: z.number().nullable(),
  calibrationError: z.number().nullable(),
});
export type Slice = z.infer<typeof slice>;

/** What a perfect model could reach: people do not agree with each other. */
export const ceiling = z.object({
  /** Share of two people's answers on one pair that are the same, ties left out. */
  humanAgreement: estimate,
  /** (1 + sqrt(2h - 1)) / 2: the most that any model agrees with single answers; null where people agree by chance only. */
  most: z.number().nullable(),
  /** How often this model agrees with single people's answers. */
  singleAnswers: estimate,
});

/** The held-out pairs an annotator answered. */
export const annotatorAgreement = z.object({
  /** As labels name them: "user:<id>", "import:<name>" or "judge:<id>@<version>". */
  annotator: z.string(),
  source: z.enum(["human", "lm"]),
  /** How often the model agrees with their answers, ties left out. */
  model: estimate,
  /** How often others who answered the same pairs do. */
  others: estimate.nullable(),
});
export type AnnotatorAgreement = z.infer<typeof annotatorAgreement>;

/** Where pairs are learned from a share of the prompts. */
const learningPoint = z.object({
  share: z.number(),
  /** Decided training pairs and their prompts. */
  pairs: z.int(),
  prompts: z.int(),
  accuracy: estimate,
  logLoss: z.number(),
});
export type LearningPoint = z.infer<typeof learningPoint>;

export const learningCurve = z.object({
  points: z.array(learningPoint),
  members: z.int(),
  maxEpochs: z.int(),
  /** The whole that shares are of was cut to so many pairs; null where it was not. */
  cutTo: z.int().nullable(),
  /** Why points are missing. */
  skipped: z.string().nullable(),
});
export type LearningCurve = z.infer<typeof learningCurve>;

/** A model that never saw a domain, on that domain's test pairs, beside one that did. */
const domainShift = z.object({
  domain: z.string(),
  trainedWithout: estimate,
  trainedWith: estimate,
  /** The first less the second, on the same pairs. */
  difference: estimate,
});
export const outOfDistribution = z.object({
  /** The field of the imports that tells domains apart; null where none does. */
  field: z.string().nullable(),
  domains: z.array(domainShift),
  skipped: z.string().nullable(),
});
export type OutOfDistribution = z.infer<typeof outOfDistribution>;

/** One right completion against all wrong ones of its prompt (RewardMATH). */
export const oneToMany = z.object({
  /** Held-out prompts with right and wrong completions, and the right completions of them. */
  prompts: z.int(),
  /** Share of right completions with a higher reward than every wrong one. Null without any. */
  accuracy: estimate.nullable(),
  /** Mean of 1 / rank, rank = 1 + wrong ones with at least its reward. */
  reciprocalRank: estimate.nullable(),
  /** What choosing at random would give, on the same prompts. */
  chance: z.number().nullable(),
});
export type OneToMany = z.infer<typeof oneToMany>;

/** The stored completion with the highest reward among n of its prompt, beside one at random and the best there is. */
export const bestOfN = z.object({
  /** Whether completions are right, of which figures are shares, or how they are rated. */
  by: z.enum(["correctness", "rating"]),
  /** Held-out prompts with as many completions as the last point needs. */
  prompts: z.int(),
  random: z.number(),
  points: z.array(z.object({ n: z.int(), picked: estimate, oracle: z.number() })),
  /** Picked less random at the last point. */
  gain: estimate,
});
export type BestOfN = z.infer<typeof bestOfN>;

/** Prompts that resemble each other with other good answers (Contrast Instructions). */
export const consistency = z.object({
  pairs: z.int(),
  /** Share with r(x1, y1) > r(x1, y2). */
  response: z.number().nullable(),
  /** Share with r(x1, y1) > r(x2, y1). */
  instruction: z.number().nullable(),
  /** Equal rewards count half; this many of the instruction comparisons were equal. */
  equal: z.int(),
});
export type Consistency = z.infer<typeof consistency>;

const correlation = z.number().nullable();

export const bias = z.object({
  /** Pearson's, of margins with differences of the feature within test pairs; null where nothing varies. */
  features: z.array(z.object({ name: z.string(), withSides: correlation, withoutSides: correlation })),
  /** Weight of the log length in the nuisance branch: calibrated logits for each standard deviation. */
  lengthCoefficient: z.number(),
});
export type Bias = z.infer<typeof bias>;

/** What is measured of a version on its held-out part beyond the figures of all versions. */
export const evaluationMetrics = z.object({
  slices: z.array(slice),
  /** Slices beyond the largest of their kind, which are not listed. */
  unlisted: z.int(),
  worst: slice.nullable(),
  ceiling: ceiling.nullable(),
  annotators: z.array(annotatorAgreement),
  learningCurve,
  outOfDistribution,
  /** Null where it could not be measured, as the version's failures say. */
  oneToMany: oneToMany.nullable(),
  /** Null where no held-out prompt has completions that are known to differ, and for versions from before it was measured. */
  bestOfN: bestOfN.nullable().default(null),
  /** Null where it could not be measured. */
  consistency: consistency.nullable(),
  bias,
  /** Seconds all this took. */
  seconds: z.number(),
});
export type EvaluationMetrics = z.infer<typeof evaluationMetrics>;

/** A version beside another one: the one that serves, or the one that served when it was trained. */
export type WhatChanged = {
  version: number;
  /** Labels it learned from or was tested on that the other was not, and the other way round. */
  labels: { added: number; gone: number };
  /** What was set differently, in words. */
  config: { name: string; before: string; now: string }[];
  before: { accuracy: number | null; logLoss: number | null; calibrationError: number | null };
};
