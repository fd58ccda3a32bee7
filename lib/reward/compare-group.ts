import { sigmoid } from "@/lib/stats/logistic";
import type { GroupScores } from "./serving/schema";

/**
 * What the scores s of n completions of one prompt say of them as a group; null for a single one. Scores are logits, so
 * by Bradley-Terry i is preferred to j with probability 1 / (1 + exp(s_j - s_i)), of which the win rate is the mean over
 * the others, and by Luce it is the best of all with the probability that the softmax gives.
 */
export function compareGroup(scores: readonly number[]): GroupScores | null {
  if (scores.length < 2) return null;
  const ranking = scores.map((_, place) => place).sort((a, b) => scores[b]! - scores[a]!);
  const best = ranking[0]!;
  const weights = scores.map((score) => Math.exp(score - scores[best]!));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { best, ranking, softmax: weights.map((weight) => weight / sum), winRates: scores.map(winRate) };
}

function winRate(score: number, place: number, scores: readonly number[]): number {
  const wins = scores.reduce((sum, other, j) => (j === place ? sum : sum + sigmoid(score - other)), 0);
  return wins / (scores.length - 1);
}
