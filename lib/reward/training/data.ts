import type { FeatureVector } from "@/lib/encoders/sparse";
import { AppError } from "@/lib/errors";
import type { HeadExamples } from "./heads/examples";

/** One comparison to learn from, or to be tested on. */
export type TrainingPair = {
  /** The two completions, as places in the lists of features and of side features. */
  first: number;
  second: number;
  /** The prompt group: pairs of one group are never in two splits, and are drawn together. */
  group: number;
  split: "train" | "validation" | "test";
  /** Signed strength in [-1, 1]: positive where the first is preferred, 0 for a tie. */
  strength: number;
  /** How much the pair counts beside others; 1 is usual. */
  weight: number;
  /** By how much the first completion's reward is to lead beyond what the strength asks, in logits; 0 if left out. */
  margin?: number;
};

/** Comparisons with the features of their completions. */
export type TrainingData = {
  pairs: readonly TrainingPair[];
  /** One vector a completion. */
  features: readonly FeatureVector[];
  /** Numbers in a feature vector. */
  width: number;
  /** Side features of each completion (lib/encoders/side-features.ts), all of one length. */
  sides: readonly (readonly number[])[];
  /** Labels of other types, for heads beside the overall reward. */
  heads?: HeadExamples;
  /** Whether the pairs are those of the rankings among `heads`, which then teach in their place. */
  pairsAreInduced?: boolean;
};

/** Below these numbers of decided comparisons, that is without ties, training is refused. */
export const fewestPairs = { train: 20, validation: 4 } as const;

/** 1 where the first completion is preferred, 0 where the second is, .5 for a tie. */
export function outcomeOf({ strength }: TrainingPair): number {
  return strength > 0 ? 1 : strength < 0 ? 0 : 0.5;
}

export const isDecided = (pair: TrainingPair): boolean => pair.strength !== 0;

export function pairsOf(pairs: readonly TrainingPair[], split: TrainingPair["split"]): TrainingPair[] {
  return pairs.filter((pair) => pair.split === split);
}

export const completionsOf = (pairs: readonly TrainingPair[]): number[] => [
  ...new Set(pairs.flatMap(({ first, second }) => [first, second])),
];

/** Throws `invalid`, with the numbers there are, where the labels are too few to train on. */
export function requireTrainable(pairs: readonly TrainingPair[]): void {
  const decided = pairs.filter(isDecided);
  const counts = { train: pairsOf(decided, "train").length, validation: pairsOf(decided, "validation").length };
  if (counts.train >= fewestPairs.train && counts.validation >= fewestPairs.validation) return;
  throw new AppError(
    "invalid",
    `Training needs at least ${fewestPairs.train} pairs of completions that are not ties in the training part and ${fewestPairs.validation} in the validation part; there are ${counts.train} and ${counts.validation}. Label more instances first.`,
  );
}
