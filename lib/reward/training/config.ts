import { warmUpCosine } from "@/lib/graph/schedule";
import type { HeadName } from "./heads/head";

/** How a reward model is trained. Stored with the version, so that the same labels and seed train the same model. */
export type RewardConfig = {
  /** Members of the ensemble. */
  members: number;
  /** Hidden units of each member. */
  hidden: number;
  /** Share of the text features that each member does not see. Members that differ by seed alone are one model. */
  maskedShare: number;
  learningRate: number;
  weightDecay: number;
  /** Pairs in a step, at most; of other labels as many as have as many completions. */
  batchPairs: number;
  /** Steps in an epoch, at least, so that few pairs are not learned in a few large steps. */
  fewestSteps: number;
  maxEpochs: number;
  /** Epochs without a better validation loss after which a member has ended. */
  patience: number;
  /** Share of the steps in which the learning rate rises; it falls along a cosine afterwards. */
  warmUpShare: number;
  /** Weight of mean (r_1 + r_2)^2, which gives rewards a common zero (Eisenstein et al.). */
  centring: number;
  /**
   * What ties are: an outcome of their own, whose frequency is learned where there are enough of them (Davidson), or
   * half of each other outcome.
   */
  ties: "davidson" | "half";
  /** What the mean loss of each head counts in their sum, in training and in the validation loss. */
  headWeights: Record<HeadName, number>;
};

/**
 * Chosen on pandalm, hh_harmless and ukpconvarg1 by prompt-wise validation: 16 to 64 hidden units and rates of .001 to
 * .003 are alike there within the interval; higher rates pass the best point within the first epoch.
 */
export const rewardDefaults: RewardConfig = {
  members: 5,
  hidden: 32,
  maskedShare: 0.3,
  learningRate: 2e-3,
  weightDecay: 0.01,
  batchPairs: 1024,
  fewestSteps: 8,
  maxEpochs: 20,
  patience: 3,
  warmUpShare: 0.03,
  centring: 0.01,
  ties: "davidson",
  headWeights: { pairs: 1, rankings: 1, ratings: 0.5, binary: 0.5, aspects: 0.5 },
};

/** The learning rate of step `step`, counted from 1: a linear rise, then half a cosine down to nearly 0. */
export function learningRateAt(step: number, totalSteps: number, { learningRate, warmUpShare }: RewardConfig): number {
  const warmUpSteps = Math.max(1, Math.round(warmUpShare * totalSteps));
  return warmUpCosine(step, { peak: learningRate, warmUpSteps, totalSteps });
}

/** Pairs, or rows of another head, in a step of a training on `pairs` of them. */
export function stepPairs(
  pairs: number,
  { batchPairs, fewestSteps }: Pick<RewardConfig, "batchPairs" | "fewestSteps">,
): number {
  return Math.max(1, Math.min(batchPairs, Math.ceil(pairs / fewestSteps)));
}
