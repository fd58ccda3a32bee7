import { sigmoid } from "@/lib/stats/logistic";
import type { LabelVotes } from "./cross-fit";

/** Votes of which the share of labels they contradict is taken for the share that is wrong. */
const certainShare = 0.1;

/** With more wrong labels than this nothing could be learned from them. */
const highestFlipRate = 0.45;

export type Wrongness = {
  /** Share of wrong labels. */
  flipRate: number;
  /** Of each label, the probability that it is wrong. */
  wrong: number[];
};

/**
 * How probable it is that a label is wrong, from the margins mu (calibrated logits in favour of the label) of models that
 * did not learn from it. Labels are taken to be flipped with one probability e for all pairs. Where the models are most
 * certain they know the true answer, so e is how often labels contradict them there, over the tenth of the pairs with the
 * largest |mu|. The calibrated probability of the label is p = (1-e) q + e (1-q) with q that of the label being true, so
 *
 *     q = (p - e) / (1 - 2e), cut to [0, 1]        P(wrong | label) = e (1-q) / ((1-e) q + e (1-q))
 *
 * Where models are certain and mistaken, e comes out too high, and so does the precision that it promises.
 */
export function wrongLabels(mu: ArrayLike<number>): Wrongness {
  const margins = Array.from(mu);
  if (margins.length === 0) return { flipRate: 0, wrong: [] };
  const certain = margins
    .toSorted((a, b) => Math.abs(b) - Math.abs(a))
    .slice(0, Math.ceil(certainShare * margins.length));
  const contradicted = certain.filter((margin) => margin < 0).length;
  // Half an observation of each kind, so that no labels are certain to be right or wrong.
  const flipRate = Math.min(highestFlipRate, (contradicted + 0.5) / (certain.length + 1));
  const wrong = margins.map((margin) => {
    const q = Math.min(1, Math.max(0, (sigmoid(margin) - flipRate) / (1 - 2 * flipRate)));
    return (flipRate * (1 - q)) / ((1 - flipRate) * q + flipRate * (1 - q));
  });
  return { flipRate, wrong };
}

/** What votes say of one label. */
export type Judged = LabelVotes & { wrong: number };

/** The votes with the probability that each label is wrong, in the same order; null where there is no vote. */
export function judgeLabels(votes: readonly (LabelVotes | null)[]): { flipRate: number; judged: (Judged | null)[] } {
  const places = votes.flatMap((vote, i) => (vote ? [i] : []));
  const { flipRate, wrong } = wrongLabels(places.map((i) => votes[i]!.mu));
  const judged: (Judged | null)[] = votes.map(() => null);
  places.forEach((place, i) => {
    judged[place] = { ...votes[place]!, wrong: wrong[i]! };
  });
  return { flipRate, judged };
}
