import type { PairVote } from "@/lib/labels/votes";
import { decideVotes } from "@/lib/stats/majority";

/**
 * What a pair's votes teach: the direction of their majority and its signed strength in [-1, 1], the weighted mean of
 * the votes. A tie or a draw is 0, from which a reward model learns p = .5. Where few strong votes outweigh many slight
 * ones, so that mean and majority point to different sides, the majority's lead in votes is the strength. `weight` is
 * the weight of the votes, at most 1: a pair that AI alone has seen counts as its vote does. Null when no vote counts.
 */
export function pairStrength(
  votes: readonly PairVote[],
  lmWeight: number,
): { strength: number; weight: number } | null {
  const weightOf = ({ source }: PairVote): number => (source === "human" ? 1 : lmWeight);
  const sums = { "0": 0, "1": 0, tie: 0 };
  for (const vote of votes) sums[vote.answer] += weightOf(vote);
  const decision = decideVotes(sums);
  if (!decision) return null;
  const total = sums[0] + sums[1] + sums.tie;
  const weight = Math.min(1, total);
  if (decision.answer === "tie") return { strength: 0, weight };
  const direction = decision.answer === 0 ? 1 : -1;
  const mean = votes.reduce((sum, vote) => sum + weightOf(vote) * vote.strength, 0) / total;
  const towards = direction * mean > 0 ? mean : (sums[0] - sums[1]) / total;
  return { strength: towards, weight };
}
