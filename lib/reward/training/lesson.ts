import type { HostTensor } from "@/lib/graph/tensor";
import type { Batch } from "@/lib/graph/training";
import { gather, standardOf, type Standard } from "./batches";
import { stepPairs, type RewardConfig } from "./config";
import { completionsOf, pairsOf, type TrainingData, type TrainingPair } from "./data";
import {
  featureMask,
  headParameters,
  startValues,
  type Head as Reward,
  type HeadShape,
  type ModelValues,
} from "./head";
import { nameIn, type Head, type HeadName } from "./heads/head";
import { headsFor, usableExamples, type UsableExamples } from "./heads/heads";
import { bootstrapCounts, streamFor } from "./sampling";
import { fitSideModel } from "./side-model";
import { linearTargets, type StrengthTargets } from "./targets";

/** All that a training learns from and starts with. */
export type Lesson = {
  shape: HeadShape;
  standard: Standard;
  usable: UsableExamples;
  reward: Reward;
  heads: readonly Head[];
  mask: HostTensor;
  /** How often each member's bootstrap of the prompt groups drew each row of a head. [k][row] */
  draws: ReadonlyMap<HeadName, readonly Float32Array[]>;
  start: () => ModelValues;
};

/** The signed strength from which a member learns a pair. */
export type StrengthFor = (pair: TrainingPair, member: number) => number;

const ownStrength: StrengthFor = (pair) => pair.strength;

export function lessonOf(given: {
  data: TrainingData;
  config: RewardConfig;
  seed: number;
  targetOf?: StrengthTargets;
  strengthFor?: StrengthFor;
}): Lesson {
  const { data, config, seed, targetOf = linearTargets, strengthFor = ownStrength } = given;
  const { members } = config;
  const shape = { members, hidden: config.hidden, width: data.width, sides: data.sides[0]?.length ?? 0 };
  const train = pairsOf(data.pairs, "train");
  const standard = standardOf(completionsOf(train).map((completion) => data.sides[completion]!));
  const targetsOf = (pairs: readonly TrainingPair[]): Float32Array[] =>
    Array.from({ length: members }, (_, member) =>
      Float32Array.from(pairs, (pair) => targetOf(strengthFor(pair, member))),
    );
  const usable = usableExamples(data.heads);
  const reward = headParameters(shape);
  const heads = headsFor({ data, usable, standard, shape, reward, config, targetOf, targetsOf });
  const mask = featureMask(shape, config.maskedShare, seed);
  const counts = drawsOf([...train.map(({ group }) => group), ...heads.flatMap((head) => head.train.groups)], {
    members,
    seed,
  });
  return {
    ...{ shape, standard, usable, reward, heads, mask },
    draws: new Map(
      heads.map(({ name, train: rows }) => [
        name,
        counts.map((drawn) => Float32Array.from(rows.groups, (group) => drawn.get(group)!)),
      ]),
    ),
    start() {
      const targets = targetsOf(train);
      const sideWeights = counts.map((drawn, member) => {
        const weights = train.map(({ group, weight }) => drawn.get(group)! * weight);
        return fitSideModel({ pairs: train, sides: data.sides, standard, targets: targets[member]!, weights });
      });
      const own = startValues({ shape, mask, sideWeights, seed });
      return Object.assign({ ...own }, ...heads.map((head) => head.start())) as ModelValues;
    },
  };
}

/** How often each member's bootstrap drew each group. */
function drawsOf(
  groups: readonly number[],
  { members, seed }: { members: number; seed: number },
): Map<number, number>[] {
  const distinct = [...new Set(groups)];
  return Array.from({ length: members }, (_, member) =>
    bootstrapCounts(distinct, streamFor(seed, "bootstrap", member)),
  );
}

/** Steps in an epoch: as many as the head with the most labels needs. Every head's labels are spread over all of them. */
export function stepsOf(heads: readonly Head[], config: RewardConfig): number {
  return Math.max(
    ...heads.map(({ completionsInRow, train: { groups } }) => {
      const batchPairs = Math.max(1, Math.floor((2 * config.batchPairs) / completionsInRow));
      return Math.ceil(groups.length / stepPairs(groups.length, { ...config, batchPairs }));
    }),
  );
}

/** The places of `rows` that fall to part `part`, from 0, of `parts`. */
export function range(rows: number, part: number, parts: number): Uint32Array {
  const start = Math.floor((part * rows) / parts);
  const end = Math.floor(((part + 1) * rows) / parts);
  return Uint32Array.from({ length: end - start }, (_, i) => start + i);
}

/** One step's inputs: of each head the rows that are chosen. */
export function batchOf({ heads, draws, mask }: Lesson, choose: (rows: number, head: HeadName) => Uint32Array): Batch {
  const inputs = heads.map(({ name, train }) => {
    const chosen = choose(train.groups.length, name);
    // No graph takes a tensor of no rows everywhere, so a head without any in this step is given one that counts nothing.
    const places = chosen.length > 0 ? chosen : Uint32Array.of(0);
    const batch: Record<string, HostTensor> = {
      ...train.batch(places),
      [nameIn(name, "weight")]: gather(draws.get(name)!, places),
    };
    const cells = batch[nameIn(name, "cells")]!;
    return chosen.length > 0
      ? batch
      : { ...batch, [nameIn(name, "cells")]: { ...cells, data: new Float32Array(cells.data.length) } };
  });
  return Object.assign({ mask }, ...inputs) as Batch;
}
