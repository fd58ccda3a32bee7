import { softplus } from "@/lib/stats/logistic";

/** One annotator's answer about one pair: the probability p that it teaches for the first completion. */
export type OwnLabel = { annotator: number; pair: number; target: number };

/** How sure it is that each annotator belongs to each group: [annotator][group], each row summing to 1. */
export type Responsibilities = readonly (readonly number[])[];

/** p log sigma(D) + (1 - p) log sigma(-D), in nats: what a margin D makes of a label. */
export function logLikelihood(margin: number, target: number): number {
  return target * margin - softplus(margin);
}

/**
 * The E step of a mixture over annotators: with L_ak the log-likelihood of all of annotator a's labels under group k and
 * pi_k the groups' shares,
 *
 *     r_ak = pi_k^(1/T) exp(L_ak / T) / sum_l pi_l^(1/T) exp(L_al / T)
 *
 * A temperature T above 1 leaves the assignment soft while the groups are not yet worth believing (deterministic annealing,
 * Ueda & Nakano). `total` is the log-likelihood of all labels, sum_a log sum_k pi_k exp(L_ak).
 */
export function assign(
  likelihoods: readonly (readonly number[])[],
  shares: readonly number[],
  temperature = 1,
): { responsibilities: number[][]; total: number } {
  let total = 0;
  const responsibilities = likelihoods.map((row) => {
    const joint = row.map((value, k) => Math.log(shares[k]!) + value);
    total += logSumExp(joint);
    const scaled = joint.map((value) => value / temperature);
    const norm = logSumExp(scaled);
    return scaled.map((value) => Math.exp(value - norm));
  });
  return { responsibilities, total };
}

/** The groups' shares among the annotators, as if each group had one annotator more, so that none dies out for good. */
export function sharesOf(responsibilities: Responsibilities, groups: number): number[] {
  const sums = Array.from({ length: groups }, (_, k) => responsibilities.reduce((sum, row) => sum + row[k]!, 1));
  const all = sums.reduce((sum, value) => sum + value, 0);
  return sums.map((sum) => sum / all);
}

/** log sum exp, without overflow. */
export function logSumExp(values: readonly number[]): number {
  const largest = Math.max(...values);
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

/** The most probable group of each annotator. */
export function groupsOf(responsibilities: Responsibilities): number[] {
  return responsibilities.map((row) => row.indexOf(Math.max(...row)));
}
