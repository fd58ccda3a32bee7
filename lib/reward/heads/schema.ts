import { z } from "zod";

const weight = z.number().min(0);

/** How heads beside the pairs are trained; the defaults are how versions from before them were. */
export const headTraining = {
  /** Ties as an outcome of their own where there are enough of them (Davidson), or as half of each other one. */
  ties: z.enum(["davidson", "half"]).default("half"),
  headWeights: z
    .object({ pairs: weight, rankings: weight, ratings: weight, binary: weight, aspects: weight })
    .default({ pairs: 1, rankings: 1, ratings: 0.5, binary: 0.5, aspects: 0.5 }),
};

const ratingColumn = z.object({
  question: z.string(),
  aspect: z.string(),
  /** What can be given, the lowest first; named categories are 1, 2 and so on. Null for a range of too many values. */
  values: z.array(z.number()).nullable(),
  categories: z.array(z.string()).nullable(),
});

/** The labels beside the overall reward's that a version was to learn from, as the task schema asked for them. */
export const headConfig = z.object({
  /** The question whose rankings teach the overall reward. */
  ranking: z.string().nullable(),
  ratings: z.array(ratingColumn),
  binary: z.array(z.object({ question: z.string(), kind: z.string() })),
  /** Aspects of the overall comparison's question, each with a reward of its own. */
  aspects: z.array(z.string()),
});
export type HeadConfig = z.infer<typeof headConfig>;

/** What a version's overall reward learns from. */
export const learnsFrom = z.enum(["comparison", "ranking", "rating", "binary"]);
export type LearnsFrom = z.infer<typeof learnsFrom>;

const interval = z.tuple([z.number(), z.number()]);
const estimate = z.object({ mean: z.number(), interval, values: z.int(), groups: z.int() }).nullable();
const labels = z.int().describe("Labels in the training part");

/** Figures of the heads beside the overall reward, on the held-out test part, with 95 % intervals by prompt. */
export const headMetrics = z.object({
  /** Davidson's model of ties; null where ties were half of each other outcome. */
  ties: z
    .object({
      /** P(tie) = nu / (2 + nu) where both rewards are equal. */
      nu: z.number(),
      /** By what the served rewards are multiplied in the model. */
      scale: z.number(),
      trainShare: z.number(),
      logLoss: estimate,
      /** Of the shares in the training part, whatever the completions. */
      baseLogLoss: estimate,
    })
    .nullable(),
  rankings: z
    .object({
      train: labels,
      /** Of the pairs that a ranking orders. */
      accuracy: estimate,
      /** Kendall's tau-b, the mean over rankings. */
      tau: estimate,
    })
    .nullable(),
  ratings: z.array(
    z.object({
      ...{ question: z.string(), aspect: z.string(), names: z.array(z.string()).nullable() },
      /** What each category stands for, and up to which value it reaches; the last has no bound. */
      ...{ centres: z.array(z.number()), bounds: z.array(z.number()) },
      train: labels,
      /** Of the expected value with the votes' mean. */
      spearman: estimate,
      /** Mean absolute error, beside that of the training labels' median. */
      ...{ error: estimate, medianError: estimate },
      /** Quadratic kappa of the most even category with the votes' mean; a constant has 0. */
      kappa: estimate,
    }),
  ),
  binary: z.array(
    z.object({
      ...{ question: z.string(), kind: z.string() },
      train: labels,
      derived: z.int().default(0).describe("Negatives in the training part that comparisons with both bad made"),
      /** Share of yes in the training part. */
      rate: z.number(),
      auc: estimate,
      /** Beside that of the rate alone. */
      ...{ logLoss: estimate, baseLogLoss: estimate },
      calibrationError: z.number().nullable(),
      /** Where the error of a calibrated model lies on as many labels. */
      calibrationBand: interval,
    }),
  ),
  aspects: z.array(
    z.object({
      aspect: z.string(),
      train: labels,
      /** With length and format, and of the text alone. */
      ...{ accuracy: estimate, accuracyOfText: estimate },
      logLoss: estimate,
      calibrationError: z.number().nullable(),
      calibrationBand: interval,
    }),
  ),
  /** The aspects' rewards weighed by the prompt, beside the overall reward on the same pairs. */
  gate: z
    .object({
      weights: z.array(z.object({ aspect: z.string(), mean: z.number() })),
      ...{ accuracy: estimate, overallAccuracy: estimate },
      /** Gated less overall. */
      difference: estimate,
    })
    .nullable(),
  /** Labels that were too few for a head. */
  leftOut: z.array(z.object({ name: z.string(), train: z.int(), validation: z.int() })),
});
export type HeadMetrics = z.infer<typeof headMetrics>;

/** The heads among a version's metrics. */
export const headsOfMetrics = z.object({ heads: headMetrics.nullable().default(null) });

/** What a version's heads say of a completion; every number of the text with length and format, unless said otherwise. */
export const headScores = z.object({
  aspects: z
    .array(z.object({ aspect: z.string(), reward: z.number(), rewardWithSides: z.number() }))
    .describe("Rewards on each aspect of the comparisons, in logits: of the text alone, and with length and format"),
  ratings: z
    .array(
      z.object({
        ...{ question: z.string(), aspect: z.string() },
        expected: z.number().describe("On the question's scale; named categories count from 1"),
        probabilities: z.array(z.object({ value: z.union([z.number(), z.string()]), probability: z.number() })),
      }),
    )
    .describe("What people and judges would rate"),
  binary: z
    .array(z.object({ question: z.string(), kind: z.string(), probability: z.number() }))
    .describe("The probability of yes"),
  gated: z
    .object({ reward: z.number(), rewardWithSides: z.number() })
    .nullable()
    .describe("The aspects' rewards weighed by the prompt; null without a gate"),
});
export type HeadScores = z.infer<typeof headScores>;
