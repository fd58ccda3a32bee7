import type { PairOrigin } from "../training-data";
import type { TrainingPair } from "../training/data";
import { meanVote, type CompletionExample, type RankingExample } from "../training/heads/examples";

export type PairSource = "human" | "lm";

/** Pairs of one prompt, who labelled them and what they are of, in the same order. */
export type InstancePairs = { pairs: TrainingPair[]; sources: PairSource[]; origins: PairOrigin[] };

/**
 * The pairs that rankings of the same completions order: the strength is the lead of the votes for one before the other,
 * in [-1, 1], and 0 where as many have it otherwise or they tie.
 */
export function rankedPairs(rankings: readonly RankingExample[]): TrainingPair[] {
  const [first] = rankings;
  if (!first) return [];
  const { group, split, completions } = first;
  const total = rankings.reduce((sum, { weight }) => sum + weight, 0);
  return eachTwo(completions, (i, j) => ({
    ...{ first: completions[i]!, second: completions[j]!, group, split, weight: Math.min(1, total) },
    strength:
      rankings.reduce((sum, { ranks, weight }) => sum + weight * Math.sign(ranks[j]! - ranks[i]!), 0) / total + 0,
  }));
}

/**
 * The pairs that a prompt's completions make by their answers: the strength is the difference of the means over the
 * `range` that they can differ by. With the same rating they tie; that two answers are both right, or both wrong, says
 * nothing of which is better, so those are no pair (`keepsTies` false).
 */
export function answeredPairs(
  answers: readonly CompletionExample[],
  { range, keepsTies }: { range: number; keepsTies: boolean },
): TrainingPair[] {
  return eachTwo(answers, (i, j): TrainingPair => {
    const [first, second] = [answers[i]!, answers[j]!];
    const { group, split } = first;
    return {
      ...{ first: first.completion, second: second.completion, group, split },
      weight: Math.min(first.weight, second.weight),
      strength: Math.max(-1, Math.min(1, (meanVote(first) - meanVote(second)) / range)),
    };
  }).filter(({ strength }) => keepsTies || strength !== 0);
}

function eachTwo<T>(things: readonly unknown[], make: (i: number, j: number) => T): T[] {
  return things.flatMap((_, i) => things.slice(i + 1).map((__, j) => make(i, i + 1 + j)));
}
