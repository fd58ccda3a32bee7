/** Probabilities of answers, in a fixed order such as A, tie, B. */
export type Probabilities = ArrayLike<number>;

/**
 * Split conformal prediction (Vovk et al. 2005; Angelopoulos & Bates 2021, section 1): the score of a known label is
 * 1 - p(label), and the cut the ceil((n + 1) (1 - alpha))-th smallest score of n. The set of all answers whose score is at
 * most the cut then has the right one with probability 1 - alpha or more, on average over samples and new instances, if
 * both are drawn alike. Infinite where there are too few labels: every answer is possible.
 */
export function conformalCut(
  probabilities: readonly Probabilities[],
  labels: ArrayLike<number>,
  alpha: number,
): number {
  const scores = Float64Array.from(probabilities, (each, i) => 1 - each[labels[i]!]!).sort();
  const rank = Math.ceil((scores.length + 1) * (1 - alpha));
  return rank > scores.length ? Infinity : scores[rank - 1]!;
}

/** The answers that are possible at a cut, as places in the order of the probabilities. One alone may be left to AI. */
export function conformalSet(probabilities: Probabilities, cut: number): number[] {
  return Array.from(probabilities, (p, answer) => (1 - p <= cut ? answer : -1)).filter((answer) => answer >= 0);
}
