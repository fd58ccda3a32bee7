import { sigmoid } from "@/lib/stats/logistic";
import { maximalLottery } from "@/lib/stats/maximal-lottery";
import type { GeneralComparison } from "./schema";

/**
 * What a general preference model says of n completions of one prompt, from their vectors (a, b) in R^{2p}:
 * P(i > j) = sigma(b_i . a_j - a_i . b_j). Null for a single one, which has nothing to be compared with.
 */
export function comparePreference(vectors: readonly (readonly number[])[]): GeneralComparison | null {
  const n = vectors.length;
  if (n < 2) return null;
  const p = vectors[0]!.length / 2;
  const margin = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < p; k++) sum += vectors[i]![p + k]! * vectors[j]![k]! - vectors[i]![k]! * vectors[j]![p + k]!;
    return sum;
  };
  const preferred = vectors.map(() => new Array<number>(n).fill(0.5));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      preferred[i]![j] = sigmoid(margin(i, j));
      preferred[j]![i] = 1 - preferred[i]![j]!;
    }
  }
  return {
    preferred,
    winRates: preferred.map((row) => (row.reduce((sum, value) => sum + value, 0) - 0.5) / (n - 1)),
    minimax: maximalLottery(preferred.map((row) => row.map((value) => 2 * value - 1))),
  };
}
