import { z } from "zod";

/** How one score is made of the steps' values (aggregate-steps.ts). */
export const stepAggregations = ["min", "soft-min", "product", "mean", "last"] as const;
export type StepAggregation = (typeof stepAggregations)[number];

/** What a step that is right but gets nowhere is to the step head: good, half good, or nothing to learn from. */
export const neutralSteps = ["good", "half", "left-out"] as const;
export type NeutralSteps = (typeof neutralSteps)[number];

/** How completions without imported steps are cut into them. */
export const denseStepCuts = ["line", "sentence", "blank-line"] as const;
export type DenseStepCut = (typeof denseStepCuts)[number];

/** How the heads for segments and steps are trained; stored with the version. */
export const denseConfig = z.object({
  neutralSteps: z.enum(neutralSteps),
  stepCut: z.enum(denseStepCuts),
  members: z.int(),
  maskedShare: z.number(),
  learningRate: z.number(),
  penalty: z.number(),
  batchRows: z.int(),
  fewestSteps: z.int(),
  epochs: z.int(),
  warmUpShare: z.number(),
});
export type DenseConfig = z.infer<typeof denseConfig>;

/** A figure with its 95 % interval, from drawing prompts again. */
const figure = z.object({ value: z.number(), interval: z.tuple([z.number(), z.number()]) });
export type FigureView = z.infer<typeof figure>;

const part = z.object({ rows: z.int(), positives: z.int(), prompts: z.int() });

const binaryFigures = z.object({
  precision: figure.nullable(),
  recall: figure.nullable(),
  f1: figure.nullable(),
  accuracy: figure.nullable(),
  auc: z.number().nullable(),
});
export type BinaryFigures = z.infer<typeof binaryFigures>;

/** What one head does on the test part, beside a logistic regression that was fitted exactly on the same vectors. */
export const denseHeadMetrics = z.object({
  name: z.string(),
  /** Segments (or steps) somebody looked at, and those of them that most of the weight marked. */
  train: part,
  validation: part,
  test: part,
  /** The probability from which on a segment counts as marked: where F1 was highest on the validation part. */
  threshold: z.number(),
  temperature: z.number(),
  ...binaryFigures.shape,
  logistic: binaryFigures.extend({
    /** Rows that it was fitted on: all of the training part, or the first of them where they are many. */
    rows: z.int(),
  }),
  /** F1 less that of the logistic regression, on the same segments. */
  f1Advantage: figure.nullable(),
  accuracyAdvantage: figure.nullable(),
});
export type DenseHeadMetrics = z.infer<typeof denseHeadMetrics>;

/** How often the right one of several solutions to a prompt has the best score made of its steps. */
const oneToMany = z.object({
  prompts: z.int(),
  /** Mean number of solutions to a prompt. */
  solutions: z.number(),
  /** What drawing one at random would come to: the mean share of right solutions. */
  chance: z.number(),
  by: z.array(
    z.object({
      aggregation: z.enum(stepAggregations),
      /** Share of prompts in which a right solution scores strictly above every wrong one (RewardMATH). */
      accuracy: figure,
      /** Mean of 1 / rank of the best right solution, ties against it. */
      reciprocalRank: figure,
      /** Share of right ones among the solutions with the best score. */
      bestOfN: figure,
    }),
  ),
});
export type OneToManyView = z.infer<typeof oneToMany>;

export const denseMetrics = z.object({
  /** Null without labels of spans. */
  segments: z
    .object({
      heads: z.array(denseHeadMetrics),
      /** Categories with too few marks, or too few segments without, to train a head. */
      tooFew: z.array(z.object({ name: z.string(), train: part, validation: part })),
    })
    .nullable(),
  /** Null where labels of steps are too few, or none. */
  steps: z
    .object({
      head: denseHeadMetrics,
      /** Accuracy of always saying what most steps of the training part are. */
      majority: figure.nullable(),
      firstError: z
        .object({
          completions: z.int(),
          /** A step below it is an error. */
          threshold: z.number(),
          accuracy: figure,
          /** Of the logistic regression, and of always naming the commonest first error of the training part. */
          logistic: figure,
          majority: figure,
        })
        .nullable(),
      oneToMany: oneToMany.nullable(),
    })
    .nullable(),
  /** Segments and steps that were left out because there were more than a training holds. */
  leftOut: z.int(),
  seconds: z.number(),
});
export type DenseMetrics = z.infer<typeof denseMetrics>;

/** Fields of an item of the score endpoint. */
export const denseRequest = {
  dense: z.boolean().default(false).describe("Whether the answer has the rewards of segments and steps"),
  aggregate: z
    .enum(stepAggregations)
    .default("min")
    .describe("How stepScore is made of the steps; soft-min has temperature .1"),
  steps: z
    .array(z.array(z.string()))
    .optional()
    .describe("The steps of each completion; without them those of the stored completion, or the text is cut"),
};

/** Fields of a completion in the answer of the score endpoint. */
export const denseAnswer = {
  segments: z
    .array(
      z.object({
        start: z.int().describe("In Unicode code points; end is the first that is not in it"),
        end: z.int(),
        categories: z.record(z.string(), z.number()).describe("The probability that annotators mark it, by category"),
      }),
    )
    .nullable()
    .optional()
    .describe("On request; null where the version has learned no category"),
  steps: z
    .array(
      z.object({
        index: z.int(),
        text: z.string().describe("As it was cut or given"),
        good: z.number().describe("The probability that the step is good"),
      }),
    )
    .nullable()
    .optional()
    .describe("On request; null where the version has learned no steps"),
  stepScore: z.number().nullable().optional().describe("The steps' values as one, by aggregate; null without steps"),
};
export type DenseAnswer = {
  segments: { start: number; end: number; categories: Record<string, number> }[] | null;
  steps: { index: number; text: string; good: number }[] | null;
  stepScore: number | null;
};
