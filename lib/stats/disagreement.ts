/**
 * How much the members of an ensemble disagree on which of two completions is better: BALD, the mutual information
 * between the answer and the member, in nats, from 0 (all say the same) to ln 2 (half are sure of the one, half of the
 * other). Member k says p_k = 1 / (1 + exp(-margin_k)) for the first; the result is H(mean p_k) - mean H(p_k), the part
 * of the uncertainty that more labels can take away: members that agree on a toss-up disagree in nothing.
 * Houlsby et al. 2011, "Bayesian Active Learning for Classification and Preference Learning".
 *
 * `margins` are reward differences in logits, one a member. Without members, or with one, it is 0.
 */
export function disagreement(margins: readonly number[]): number {
  if (margins.length < 2) return 0;
  const probabilities = margins.map((margin) => 1 / (1 + Math.exp(-margin)));
  const mutual = entropy(mean(probabilities)) - mean(probabilities.map(entropy));
  // Jensen's inequality, which rounding breaks by an ulp where all members say the same.
  return Math.max(0, mutual);
}

/** Entropy of a coin that shows heads with probability p, in nats. */
function entropy(p: number): number {
  return -(plogp(p) + plogp(1 - p));
}

function plogp(p: number): number {
  return p === 0 ? 0 : p * Math.log(p);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
