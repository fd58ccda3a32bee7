import { meanByGroup, type Estimate } from "@/lib/stats/bootstrap";
import { sigmoid } from "@/lib/stats/logistic";
import type { Standard } from "../training/batches";
import type { TrainingData, TrainingPair } from "../training/data";
import { drawAtMost, streamFor } from "../training/sampling";
import { assignAnnotators, type Assignment } from "./cross-fitted-groups";
import {
  linearMargins,
  openLinearTraining,
  pairRows,
  type HeadWeights,
  type Lessons,
  type PairRows,
} from "./linear-heads";
import { groupsOf, type OwnLabel, type Responsibilities } from "./responsibilities";

/** Numbers of groups that are tried beside one. */
const counts = [2, 3] as const;
const mostEpochs = 24;
/** Epochs without a better validation likelihood after which the heads have ended. */
const patience = 4;
/** Labelled pairs of a part beyond these would not make the groups clearer, only the training longer. */
const mostPairs = 6000;

/** A mixture of groups, each with a taste of its own. */
export type Mixture = {
  groups: number;
  /** How the groups' linear heads weigh the features and, after them, the standardised side features: [F, groups]. */
  weights: HeadWeights;
  /** The groups' shares among the annotators. */
  shares: number[];
  /** From the training labels alone. */
  responsibilities: Responsibilities;
  /** Mean log-likelihood in nats of annotators' labels on the validation pairs, which no group has seen. */
  validation: number;
};

/** How much better a number of groups explains the validation labels than the best smaller number, in nats a label. */
export type Gain = { groups: number; over: number; gain: Estimate };

export type Tastes = { chosen: Mixture; gains: Gain[] };

/**
 * Fits one, two and three groups of annotators and chooses among them by the likelihood of labels that no group has seen:
 * more groups only where the 95 % interval of the gain, by prompt, is above zero. `labels` are on pairs of all parts, of
 * which the training pairs make the groups, the validation pairs choose, and the test pairs do nothing. Groups stand by
 * falling share. On one machine the same labels and seed give the same groups.
 */
export async function fitTastes(given: {
  data: TrainingData;
  labels: readonly OwnLabel[];
  annotators: number;
  standard: Standard;
  seed: number;
}): Promise<Tastes> {
  const { data, annotators, standard, seed } = given;
  const train = partOf(given, "train");
  const validation = partOf(given, "validation");
  const rows = pairRows(data, standard, train.pairs);
  const prompts = train.pairs.map(({ group }) => group);
  const several = await assignAnnotators({ rows, prompts, labels: train.labels, annotators, counts, seed });
  const one: Assignment = { shares: [1], responsibilities: Array.from({ length: annotators }, () => [1]) };
  const assignments = [one, ...several.map(bySize)].filter(hasMembersInEach(train.labels));
  const fitted = await fitHeads(
    { rows, train, assignments, seed },
    pairRows(data, standard, validation.pairs),
    validation,
  );
  const validationGroups = validation.labels.map(({ pair }) => validation.pairs[pair]!.group);
  const gains: Gain[] = [];
  let chosen = fitted[0]!;
  for (const candidate of fitted.slice(1)) {
    const differences = candidate.likelihoods.map((value, i) => value - chosen.likelihoods[i]!);
    const gain = meanByGroup(differences, validationGroups, { random: streamFor(seed, "tastes", 10) });
    if (!gain) continue;
    gains.push({ groups: candidate.mixture.groups, over: chosen.mixture.groups, gain });
    if (gain.interval[0] > 0) chosen = candidate;
  }
  return { chosen: chosen.mixture, gains };
}

/** The pairs of a part that have labels, and those labels by their places among them. */
type Part = { pairs: TrainingPair[]; labels: OwnLabel[] };

function partOf(
  { data, labels, seed }: { data: TrainingData; labels: readonly OwnLabel[]; seed: number },
  split: TrainingPair["split"],
): Part {
  const places = new Map<number, number>();
  const labelled = [...new Set(labels.map(({ pair }) => pair))].filter((pair) => data.pairs[pair]!.split === split);
  const chosen = drawAtMost(labelled, mostPairs, streamFor(seed, "tastes", 11));
  chosen.forEach((pair, place) => places.set(pair, place));
  return {
    pairs: chosen.map((pair) => data.pairs[pair]!),
    labels: labels.flatMap((label) => {
      const place = places.get(label.pair);
      return place === undefined ? [] : [{ ...label, pair: place }];
    }),
  };
}

/** Groups by falling share. */
function bySize({ shares, responsibilities }: Assignment): Assignment {
  const order = Array.from(shares.keys()).sort((a, b) => shares[b]! - shares[a]!);
  return {
    shares: order.map((k) => shares[k]!),
    responsibilities: responsibilities.map((row) => order.map((k) => row[k]!)),
  };
}

/** A group whose members are nobody who labelled is no group. */
function hasMembersInEach(labels: readonly OwnLabel[]): (assignment: Assignment) => boolean {
  return ({ shares, responsibilities }) => {
    const groups = groupsOf(responsibilities);
    return new Set(labels.map(({ annotator }) => groups[annotator]!)).size === shares.length;
  };
}

type Fitted = { mixture: Mixture; likelihoods: number[] };

/** Trains the heads of all assignments on all training pairs, each as it was when it explained the validation labels best. */
async function fitHeads(
  given: { rows: PairRows; train: Part; assignments: readonly Assignment[]; seed: number },
  validationRows: PairRows,
  validation: Part,
): Promise<Fitted[]> {
  const { rows, train, assignments, seed } = given;
  const heads = assignments.reduce((sum, { shares }) => sum + shares.length, 0);
  const lessons = lessonsOf(assignments, train, heads);
  const training = await openLinearTraining(rows, heads, streamFor(seed, "tastes", 3));
  const best: (Fitted & { epoch: number })[] = [];
  try {
    for (let epoch = 1; epoch <= mostEpochs; epoch++) {
      const weights = await training.epoch(lessons);
      const margins = await linearMargins(validationRows, weights);
      let first = 0;
      assignments.forEach((assignment, i) => {
        const groups = assignment.shares.length;
        const likelihoods = mixedLikelihoods(
          validation.labels,
          assignment,
          (pair, k) => margins[pair * heads + first + k]!,
        );
        const mean = likelihoods.reduce((sum, value) => sum + value, 0) / Math.max(1, likelihoods.length);
        if (!best[i] || mean > best[i].mixture.validation) {
          const mixture = { groups, weights: columnsOf(weights, first, groups), ...assignment, validation: mean };
          best[i] = { epoch, likelihoods, mixture };
        }
        first += groups;
      });
      if (best.every((fitted) => epoch - fitted.epoch >= patience)) break;
    }
  } finally {
    await training.dispose();
  }
  return best;
}

function lessonsOf(assignments: readonly Assignment[], { pairs, labels }: Part, heads: number): Lessons {
  const weights = new Float32Array(pairs.length * heads);
  const masses = new Float32Array(pairs.length * heads);
  for (const { annotator, pair, target } of labels) {
    const row = assignments.flatMap(({ responsibilities }) => responsibilities[annotator]!);
    row.forEach((share, head) => {
      weights[pair * heads + head]! += share;
      masses[pair * heads + head]! += share * target;
    });
  }
  return { weights, masses };
}

/** log sum_k r_ak sigma(D_k) for the first completion and the same for the second, by the label's target: what was known of a before. */
function mixedLikelihoods(
  labels: readonly OwnLabel[],
  { responsibilities }: Assignment,
  marginOf: (pair: number, group: number) => number,
): number[] {
  return labels.map(({ annotator, pair, target }) => {
    let [first, second] = [0, 0];
    responsibilities[annotator]!.forEach((share, k) => {
      const margin = marginOf(pair, k);
      first += share * sigmoid(margin);
      second += share * sigmoid(-margin);
    });
    return target * Math.log(first) + (1 - target) * Math.log(second);
  });
}

function columnsOf({ shape, data }: HeadWeights, start: number, count: number): HeadWeights {
  const [rows, width] = shape as [number, number];
  const taken = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < count; k++) taken[row * count + k] = Number(data[row * width + start + k]);
  return { dtype: "float32", shape: [rows, count], data: taken };
}
