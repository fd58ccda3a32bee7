import type { DenseRow } from "./data";

/** What a head's rows of either kind count, and how far that moves its logits. */
export type ClassWeights = { positive: number; negative: number; shift: number };

/**
 * n / (2 n_c) for the two kinds c, with soft targets and weights counted by their shares, so that both kinds weigh alike. A
 * model trained so says logit(p) + log(positive / negative) of what has probability p (King & Zeng, "Logistic regression in
 * rare events data"): `shift` is that last term, to be taken off again.
 */
export function classWeights(rows: readonly DenseRow[], head: number): ClassWeights {
  let [yes, no] = [0, 0];
  for (const { targets, weights } of rows) {
    yes += weights[head]! * targets[head]!;
    no += weights[head]! * (1 - targets[head]!);
  }
  const [positive, negative] = [(yes + no) / (2 * yes), (yes + no) / (2 * no)];
  return { positive, negative, shift: Math.log(positive / negative) };
}

/** A soft target under class weights, as one target with one weight: the same loss but for a constant. */
export function weighted(target: number, { positive, negative }: ClassWeights): { target: number; weight: number } {
  const weight = positive * target + negative * (1 - target);
  return { target: (positive * target) / weight, weight };
}
