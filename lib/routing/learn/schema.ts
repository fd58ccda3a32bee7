import { z } from "zod";
import { textFeatures } from "../features/schema";

/** A figure with its 95 % interval; null where there is too little to give one. */
export const figure = z.object({ value: z.number(), interval: z.tuple([z.number(), z.number()]).nullable() });
export type Figure = z.infer<typeof figure>;

/**
 * A characteristic that an instance has or has not: a number of it lies between two cuts (from included, to not, null at an
 * end), it has a tag, the number is not known, or it has one of those too rare to stand alone.
 */
export const column = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("bin"),
    feature: z.enum(textFeatures),
    bin: z.enum(["low", "middle", "high"]),
    from: z.number().nullable(),
    to: z.number().nullable(),
  }),
  z.strictObject({ kind: z.literal("unknown"), feature: z.enum(textFeatures) }),
  z.strictObject({ kind: z.literal("tag"), tag: z.string() }),
  z.strictObject({ kind: z.literal("rare"), tags: z.array(z.string()) }),
]);
export type Column = z.infer<typeof column>;

export const predictorKinds = ["share", "linear", "quadratic", "trees"] as const;
export type PredictorKind = (typeof predictorKinds)[number];

/** A regression tree by its nodes: a leaf has `left` -1 and its value; others go left where the column is below the cut. */
const tree = z.strictObject({
  column: z.array(z.int()),
  cut: z.array(z.number()),
  left: z.array(z.int()),
  right: z.array(z.int()),
  value: z.array(z.number()),
});

/**
 * Foresees the held-out log-likelihood (nats a pair) of a reward model from what share of the instances with each column
 * is labelled by people, the total share coming first: z[0] the share, z[1 + c] that of column c.
 */
export const predictor = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("share"), intercept: z.number(), weight: z.number() }),
  z.strictObject({ kind: z.literal("linear"), intercept: z.number(), weights: z.array(z.number()) }),
  z.strictObject({
    kind: z.literal("quadratic"),
    intercept: z.number(),
    weights: z.array(z.number()),
    /** [i, j, weight] of z[i] z[j]. */
    products: z.array(z.tuple([z.int(), z.int(), z.number()])),
  }),
  z.strictObject({ kind: z.literal("trees"), base: z.number(), trees: z.array(tree) }),
]);
export type Predictor = z.infer<typeof predictor>;

/** What routes by the gain of a human label: it is stored with a fit and scores instances that come later. */
export const gainModel = z.strictObject({
  columns: z.array(column),
  /** How many of the pairs it was fitted on have each column. */
  support: z.array(z.int()),
  pairs: z.int(),
  predictor,
  /** The state at which gains are read: the share of each column that people label, the total first. */
  state: z.array(z.number()),
});
export type GainModel = z.infer<typeof gainModel>;

/** P(people differ from the judge | columns), logistic: the intercept and a weight a column. */
export const errorModel = z.strictObject({ intercept: z.number(), weights: z.array(z.number()) });
export type ErrorModel = z.infer<typeof errorModel>;

/** How much a human label of one instance is worth, and through which of its characteristics, largest first. */
export type Gain = { gain: number; because: { column: number; gain: number }[] };

/** Whether learned routing can be trusted on these data, in a word; `sentence` says it to people. */
export const fitVerdict = z.object({
  kind: z.enum(["trusted", "too few", "unsystematic", "no better than the share"]),
  sentence: z.string(),
});
export type FitVerdict = z.infer<typeof fitVerdict>;

/** How well a predictor foresees mixes that it did not see, of the same pairs: other prompts are what the verdict asks for. */
export const predictorFigures = z.object({
  kind: z.enum(predictorKinds),
  r2: figure,
  spearman: figure,
  /** Spearman among mixes of one share, where the share alone foresees nothing. */
  spearmanAtOneShare: figure,
  isChosen: z.boolean(),
});
export type PredictorFigures = z.infer<typeof predictorFigures>;

export const coefficient = z.object({
  column: z.int(),
  /** The column in words. */
  words: z.string(),
  support: z.int(),
  /** What human labels for all instances with the column, instead of a judge's, change beyond what so many change anyway: nats a pair. */
  effect: figure,
});
export type Coefficient = z.infer<typeof coefficient>;

/** What was learned from mixes of human and LM labels. */
export const learnReport = z.object({
  mixes: z.int(),
  seed: z.int(),
  pairs: z.int(),
  prompts: z.int(),
  /** Pairs held out to measure reward models on. */
  heldOut: z.int(),
  verdict: fitVerdict,
  predictors: z.array(predictorFigures),
  coefficients: z.array(coefficient),
  /** How well P(judge differs from people | characteristics) tells apart pairs it has not seen, area under the curve. */
  errorAuc: figure.nullable(),
  /** Seconds for the proxy models, and in all. */
  proxySeconds: z.number(),
  seconds: z.number(),
});
export type LearnReport = z.infer<typeof learnReport>;
