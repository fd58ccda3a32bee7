import type { Random } from "@/lib/stats/random";
import { normal, randomOrder, streamFor } from "../training/sampling";
import { linearMargins, openLinearTraining, type HeadWeights, type Lessons, type PairRows } from "./linear-heads";
import { assign, logLikelihood, sharesOf, type OwnLabel, type Responsibilities } from "./responsibilities";

/** Random starts for each number of groups, beside the one by how well a single taste fits. */
const randomStarts = 7;
/** Rounds of EM; each takes every pair once. */
const rounds = 24;
/** Rounds in which one taste alone learns, by whose fit the first start is made. */
const firstRounds = 6;
/** The temperature of the assignment falls from this to 1 over the first half of the rounds. */
const hottest = 8;

/** An assignment of annotators that EM came to. */
export type Assignment = { responsibilities: Responsibilities; shares: number[] };

type Candidate = Assignment & { groups: number; total: number };

/**
 * Assigns annotators to `counts[i]` groups each, by EM from several starts, of which the one with the best likelihood is
 * kept (MaxMin-RLHF, Chakraborty et al., with soft assignments). All groups of all starts train in one graph.
 *
 * A head that learned a label calls it likely whatever its annotator's taste, so that groups would harden by chance. The
 * pairs are therefore cut in two halves by prompt, each group has a head for each half, and a label counts for the
 * assignment by the head of the other half.
 */
export async function assignAnnotators(given: {
  rows: PairRows;
  /** The prompt group of each pair. */
  prompts: readonly number[];
  labels: readonly OwnLabel[];
  annotators: number;
  counts: readonly number[];
  seed: number;
}): Promise<Assignment[]> {
  const { rows, prompts, labels, annotators, counts, seed } = given;
  const halves = halvesOf(prompts, streamFor(seed, "tastes", 0));
  const shared = { rows, labels, annotators, halves };
  const one: Candidate = { groups: 1, total: 0, shares: [1], responsibilities: everyone(annotators, () => [1]) };
  const alone = await iterate([one], { ...shared, rounds: firstRounds, random: streamFor(seed, "tastes", 1) });
  const fit = meanFit(alone[0]!, labels, annotators);
  const starts = counts.flatMap((groups) => [
    startByFit(fit, groups),
    ...Array.from({ length: randomStarts }, (_, i) =>
      startAtRandom(annotators, groups, streamFor(seed, "tastes", 100 * groups + i)),
    ),
  ]);
  const candidates = starts.map((responsibilities): Candidate => {
    const groups = responsibilities[0]!.length;
    return { groups, total: -Infinity, responsibilities, shares: sharesOf(responsibilities, groups) };
  });
  await iterate(candidates, { ...shared, rounds, random: streamFor(seed, "tastes", 2) });
  return counts.map((count) => {
    const alike = candidates.filter(({ groups }) => groups === count);
    return alike.reduce((best, candidate) => (candidate.total > best.total ? candidate : best));
  });
}

type Shared = {
  rows: PairRows;
  labels: readonly OwnLabel[];
  annotators: number;
  /** 0 or 1 for each pair. */
  halves: readonly number[];
  rounds: number;
  random: Random;
};

/** Takes EM's rounds on all candidates, which it changes, and gives each one's likelihoods at the end: [annotator][group]. */
async function iterate(candidates: Candidate[], given: Shared): Promise<number[][][]> {
  const { rows, labels, annotators, halves, random } = given;
  const heads = 2 * candidates.reduce((sum, { groups }) => sum + groups, 0);
  const training = await openLinearTraining(rows, heads, random);
  let likelihoods: number[][][] = [];
  try {
    for (let round = 0; round < given.rounds; round++) {
      const weights: HeadWeights = await training.epoch(lessonsOf(candidates, { rows, labels, halves, heads }));
      const margins = await linearMargins(rows, weights);
      let first = 0;
      likelihoods = candidates.map(({ groups }) => {
        const table = everyone(annotators, () => new Array<number>(groups).fill(0));
        for (const { annotator, pair, target } of labels) {
          const other = first + (1 - halves[pair]!) * groups;
          const row = table[annotator]!;
          for (let k = 0; k < groups; k++) row[k]! += logLikelihood(margins[pair * heads + other + k]!, target);
        }
        first += 2 * groups;
        return table;
      });
      const cooled = Math.min(1, (2 * round) / given.rounds);
      candidates.forEach((candidate, i) => {
        const { responsibilities, total } = assign(likelihoods[i]!, candidate.shares, hottest ** (1 - cooled));
        const shares = sharesOf(responsibilities, candidate.groups);
        Object.assign(candidate, { responsibilities, total, shares });
      });
    }
    return likelihoods;
  } finally {
    await training.dispose();
  }
}

/** Heads stand by candidate, half and group. A head learns the labels of its half, by how much their annotators are its group's. */
function lessonsOf(
  candidates: readonly Candidate[],
  given: { rows: PairRows; labels: readonly OwnLabel[]; halves: readonly number[]; heads: number },
): Lessons {
  const { rows, labels, halves, heads } = given;
  const weights = new Float32Array(rows.count * heads);
  const masses = new Float32Array(rows.count * heads);
  for (const { annotator, pair, target } of labels) {
    let first = pair * heads;
    for (const { groups, responsibilities } of candidates) {
      const own = first + halves[pair]! * groups;
      responsibilities[annotator]!.forEach((share, k) => {
        weights[own + k]! += share;
        masses[own + k]! += share * target;
      });
      first += 2 * groups;
    }
  }
  return { weights, masses };
}

function halvesOf(prompts: readonly number[], random: Random): number[] {
  const distinct = [...new Set(prompts)];
  const order = randomOrder(distinct.length, random);
  const half = new Map(Array.from(order, (place, i) => [distinct[place]!, i % 2]));
  return prompts.map((prompt) => half.get(prompt)!);
}

/** Mean log-likelihood of each annotator's labels under one taste; those without labels fit like a coin. */
function meanFit(likelihoods: readonly number[][], labels: readonly OwnLabel[], annotators: number): number[] {
  const counts = new Array<number>(annotators).fill(0);
  for (const { annotator } of labels) counts[annotator]!++;
  return likelihoods.map(([sum], a) => (counts[a]! > 0 ? sum! / counts[a]! : -Math.LN2));
}

/** Annotators whom a single taste fits best, to those whom it fits worst, in equal groups. */
function startByFit(fit: readonly number[], groups: number): number[][] {
  const order = Array.from(fit.keys()).sort((a, b) => fit[b]! - fit[a]!);
  const own = new Map(order.map((annotator, rank) => [annotator, Math.floor((rank * groups) / order.length)]));
  return fit.map((_, annotator) =>
    Array.from({ length: groups }, (__, k) => (own.get(annotator) === k ? 0.8 : 0.2 / Math.max(1, groups - 1))),
  );
}

function startAtRandom(annotators: number, groups: number, random: Random): number[][] {
  return everyone(annotators, () => {
    const weights = Array.from({ length: groups }, () => Math.exp(2 * normal(random)));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  });
}

function everyone<T>(annotators: number, make: () => T): T[] {
  return Array.from({ length: annotators }, make);
}
