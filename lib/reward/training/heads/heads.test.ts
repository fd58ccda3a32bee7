import { expect, test } from "vitest";
import { openSession } from "@/lib/graph/session";
import { tieProbabilities } from "@/lib/stats/davidson";
import type { HeadMetrics } from "@/lib/reward/heads/schema";
import { seededRandom } from "@/lib/stats/random";
import { decodeCheckpoint, encodeCheckpoint } from "../checkpoint";
import { rewardDefaults } from "../config";
import type { TrainingData, TrainingPair } from "../data";
import { normal } from "../sampling";
import { exportRewardModel, scoreCompletions } from "../score";
import { trainRewardModel } from "../train-reward-model";
import {
  noExamples,
  type AspectExample,
  type CompletionExample,
  type HeadExamples,
  type RankingExample,
} from "./examples";
import { outputNames } from "./output-names";
import { ratingScale } from "./ratings";

const width = 8;
const config = { ...rewardDefaults, members: 3, hidden: 8, batchPairs: 256, maskedShare: 0, learningRate: 0.01 };

type BinaryMetrics = HeadMetrics["binary"][number];

type World = { data: TrainingData & { features: Float32Array[] }; heads: HeadExamples };

/**
 * Four completions a prompt, with qualities u and v among their features and one prompt of two kinds. What is said of them
 * follows u, but on the second aspect and overall on prompts of the second kind: those follow v.
 */
function madeWorld(prompts: number, seed = 1): World {
  const random = seededRandom(seed);
  const vector = (): Float32Array => Float32Array.from({ length: width }, () => normal(random));
  const chance = (logit: number): boolean => random() < 1 / (1 + Math.exp(-logit));
  const features: Float32Array[] = [];
  const promptFeatures: Float32Array[] = [];
  const pairs: TrainingPair[] = [];
  const rankings: RankingExample[] = [];
  const [ratings, binary]: CompletionExample[][] = [[], []];
  const aspects: AspectExample[] = [];
  for (let group = 0; group < prompts; group++) {
    const split = group % 10 < 6 ? "train" : group % 10 < 8 ? "validation" : "test";
    const common = { group, split, weight: 1 } as const;
    const isFirstKind = random() < 0.5;
    promptFeatures.push(vector());
    promptFeatures[group]![0] = isFirstKind ? 1 : -1;
    const places = [0, 1, 2, 3].map(() => features.push(vector()) - 1);
    const [u, v] = [0, 1].map(
      (i) =>
        (place: number): number =>
          2 * features[place]![i]!,
    ) as [(place: number) => number, (place: number) => number];
    const prefers = (by: typeof u, [first, second]: [number, number]): number =>
      chance(by(first) - by(second)) ? 1 : -1;
    for (const [first, second] of [
      [places[0]!, places[1]!],
      [places[2]!, places[3]!],
    ] as [number, number][]) {
      const pair = { ...common, first, second };
      pairs.push({ ...pair, strength: prefers(isFirstKind ? u : v, [first, second]) });
      aspects.push({ ...pair, column: 0, strength: prefers(u, [first, second]) });
      aspects.push({ ...pair, column: 1, strength: prefers(v, [first, second]) });
    }
    const order = places.toSorted((a, b) => u(b) + gumbel(random) - u(a) - gumbel(random));
    rankings.push({ ...common, completions: places, ranks: places.map((place) => order.indexOf(place) + 1) });
    for (const completion of places) {
      const noisy = u(completion) + normal(random);
      const value = [-2, -0.5, 0.5, 3].filter((cut) => noisy > cut).length + 1;
      ratings!.push({ ...common, completion, column: 0, votes: [{ value, share: 1 }] });
      binary!.push({
        ...common,
        completion,
        column: 0,
        votes: [{ value: Number(chance(u(completion) - 4)), share: 1 }],
      });
    }
  }
  return {
    data: { pairs, features, width, sides: features.map(() => [0]) },
    heads: {
      rankings,
      ratings: {
        columns: [{ question: "quality", aspect: "overall", values: [1, 2, 3, 4, 5], names: null }],
        examples: ratings!,
      },
      binary: { columns: [{ question: "accept", kind: "thumb" }], examples: binary! },
      aspects: { columns: ["u", "v"], examples: aspects },
      prompts: promptFeatures,
    },
  };
}

const gumbel = (random: () => number): number => -Math.log(-Math.log(Math.max(random(), 1e-12)));

test("heads for every kind of label learn together, each what is true of it, and are served by one file", async () => {
  const { data, heads } = madeWorld(240);
  const trained = await trainRewardModel({ ...data, heads: { ...heads, rankings: [] }, config, seed: 1 });
  const { ratings, binary, aspects, gate, leftOut } = trained.heads.metrics;
  expect(leftOut).toEqual([]);
  expect(ratings[0]!.spearman!.mean).toBeGreaterThan(0.75);
  expect(ratings[0]!.error!.interval[1]).toBeLessThan(ratings[0]!.medianError!.interval[0]);
  expect(ratings[0]!.kappa!.mean).toBeGreaterThan(0.6);
  expect(binary[0]!.auc!.mean).toBeGreaterThan(0.8);
  expect(binary[0]!.logLoss!.mean).toBeLessThan(binary[0]!.baseLogLoss!.mean);
  expect(binary[0]!.calibrationError!).toBeLessThanOrEqual(binary[0]!.calibrationBand[1]);
  for (const aspect of aspects) expect(aspect.accuracy!.mean).toBeGreaterThan(0.7);
  // What decides depends on the prompt, which only the gate sees.
  expect(gate!.difference!.interval[0]).toBeGreaterThan(0);
  for (const { mean } of gate!.weights) expect(mean).toBeCloseTo(0.5, 0);

  const session = await openSession(exportRewardModel(trained.model, {}, trained.heads.parts));
  const prompts = [1, -1].map((kind) => Float32Array.from({ length: width }, (_, i) => (i === 0 ? kind : 0)));
  const [best, worst] = [1, -1].map((u) => Float32Array.from({ length: width }, (_, i) => (i === 0 ? u : 0)));
  const scored = await scoreCompletions(session, { features: [best!, worst!], sides: [[0], [0]], width, prompts });
  const empty = await scoreCompletions(session, { features: [best!], sides: [[0]], width });
  await session.dispose();
  const expected = (row: ArrayLike<number>): number => Array.from(row).reduce((sum, p, i) => sum + p * (i + 1), 0);
  const [high, low] = scored.parts[outputNames.rating(0)]!.map(expected);
  expect(high! - low!).toBeGreaterThan(1);
  const [first, second] = scored.parts[outputNames.gate.weights]!;
  expect(first![0]).toBeGreaterThan(0.65);
  expect(second![1]).toBeGreaterThan(0.65);
  expect(empty.parts[outputNames.gate.weights]![0]![0]).toBeCloseTo(0.5, 0);
});

test("negatives that were concluded teach what is bad, and neither calibrate nor measure it", async () => {
  const { data, heads } = madeWorld(240, 4);
  const { columns, examples } = heads.binary;
  // What is bad in another way than all that was asked about: v, of which nobody was asked.
  const random = seededRandom(8);
  const bad = Array.from({ length: 120 }, (_, i): CompletionExample => {
    const place = data.features.push(
      Float32Array.from({ length: width }, (__, k) => normal(random) - (k === 1 ? 3 : 0)),
    );
    return {
      ...{ group: i, split: i % 10 < 6 ? "train" : "validation", weight: 1, column: 0, completion: place - 1 },
      ...{ votes: [{ value: 0, share: 1 }], isDerived: true },
    };
  });
  const sides = data.features.map(() => [0]);
  const learn = async (given: readonly CompletionExample[]): Promise<{ yes: number; binary: BinaryMetrics }> => {
    const learned = { ...noExamples, binary: { columns, examples: given } };
    const { model, heads: found } = await trainRewardModel({ ...data, sides, heads: learned, config, seed: 1 });
    const session = await openSession(exportRewardModel(model, {}, found.parts));
    const vague = Float32Array.from({ length: width }, (_, k) => (k === 1 ? -3 : k === 0 ? 3 : 0));
    const { parts } = await scoreCompletions(session, { features: [vague], sides: [[0]], width });
    await session.dispose();
    return { yes: parts[outputNames.binary]![0]![0]!, binary: found.metrics.binary[0]! };
  };
  const without = await learn(examples);
  const beside = await learn([...examples, ...bad]);
  expect(without.yes).toBeGreaterThan(0.3);
  expect(beside.yes).toBeLessThan(without.yes / 2);
  expect(beside.binary.derived).toBe(72);
  const { train, rate, baseLogLoss } = without.binary;
  expect(beside.binary).toMatchObject({ train, rate, baseLogLoss });
  expect(beside.binary.calibrationError!).toBeLessThanOrEqual(beside.binary.calibrationBand[1]);
});

test("rankings alone teach the overall reward", async () => {
  const { data, heads } = madeWorld(200, 2);
  const induced = heads.rankings.flatMap(({ completions, ranks, ...common }) =>
    completions.flatMap((first, i) =>
      completions.slice(i + 1).map((second, j): TrainingPair => {
        return { ...common, first, second, strength: Math.sign(ranks[i + 1 + j]! - ranks[i]!) };
      }),
    ),
  );
  const { evaluation, heads: found } = await trainRewardModel({
    ...{ ...data, pairs: induced, pairsAreInduced: true, heads: { ...noExamples, rankings: heads.rankings } },
    ...{ config, seed: 1 },
  });
  expect(evaluation.withSides.accuracy!.mean).toBeGreaterThan(0.75);
  expect(found.metrics.rankings!.accuracy!.mean).toBeCloseTo(evaluation.withSides.accuracy!.mean, 9);
  expect(found.metrics.rankings!.tau!.mean).toBeGreaterThan(0.5);
  expect(found.parts).toEqual([]);
});

test("rankings that are too few for a head of their own teach by the pairs that they order", async () => {
  const { data, heads } = madeWorld(150);
  const few = { ...noExamples, rankings: heads.rankings.slice(0, 10) };
  const { evaluation, heads: finished } = await trainRewardModel({
    ...{ ...data, heads: few, pairsAreInduced: true, config, seed: 1 },
  });
  expect(finished.metrics.leftOut).toMatchObject([{ name: "rankings" }]);
  expect(evaluation.withSides.accuracy!.mean).toBeGreaterThan(0.55);
});

test("how frequent ties are is learned, and says more than halves do", async () => {
  const random = seededRandom(3);
  const truth = { nu: 0.8, scale: 1 };
  const { data } = madeWorld(1000, 3);
  const pairs = data.pairs.map((pair): TrainingPair => {
    const margin = 2 * (data.features[pair.first]![0]! - data.features[pair.second]![0]!);
    const [first, tie] = tieProbabilities(margin, truth);
    const drawn = random();
    return { ...pair, strength: drawn < first ? 1 : drawn < first + tie ? 0 : -1 };
  });
  const { heads } = await trainRewardModel({ ...data, pairs, config, seed: 1 });
  const { ties } = heads.metrics;
  expect(ties!.nu).toBeGreaterThan(0.65);
  expect(ties!.nu).toBeLessThan(0.95);
  expect(ties!.logLoss!.interval[1]).toBeLessThan(ties!.baseLogLoss!.interval[0]);
  const half = await trainRewardModel({ ...data, pairs, config: { ...config, ties: "half" }, seed: 1 });
  expect(half.heads.metrics.ties).toBeNull();
});

test("a training of all heads that was stopped after an epoch goes on to the same bits", async () => {
  const { data, heads } = madeWorld(60, 5);
  const given = { ...data, heads, config: { ...config, maxEpochs: 3, patience: 9 }, seed: 2 };
  const kept: Uint8Array[] = [];
  const whole = await trainRewardModel({ ...given, onEpoch: (at) => void kept.push(encodeCheckpoint(at)) });
  expect(whole.heads.metrics.rankings!.train).toBe(36);
  const resumed = await trainRewardModel({ ...given, resume: decodeCheckpoint(kept[1]!) });
  expect(resumed.model).toEqual(whole.model);
  expect(resumed.heads.metrics).toEqual(whole.heads.metrics);
});

test("a column with too few labels is left out and told of, and the others keep theirs", async () => {
  const { data, heads } = madeWorld(60, 6);
  const few = heads.ratings.examples.slice(0, 8).map((example) => ({ ...example, column: 1 }));
  const { metrics } = (
    await trainRewardModel({
      ...data,
      heads: {
        ...noExamples,
        ratings: {
          columns: [{ ...heads.ratings.columns[0]!, aspect: "rare" }, heads.ratings.columns[0]!],
          examples: [
            ...few.map((example) => ({ ...example, column: 0 })),
            ...heads.ratings.examples.map((example) => ({ ...example, column: 1 })),
          ],
        },
      },
      ...{ config: { ...config, maxEpochs: 2 }, seed: 1 },
    })
  ).heads;
  expect(metrics.ratings.map(({ aspect }) => aspect)).toEqual(["overall"]);
  expect(metrics.leftOut).toEqual([{ name: "quality, rare", train: 8, validation: 0 }]);
});

test("ratings from 0 to 100 are put into bins of as many labels, which stand for their mean", () => {
  const train = Array.from({ length: 1000 }, (_, i): CompletionExample => {
    return {
      ...{ group: i, split: "train", weight: 1, completion: i, column: 0 },
      votes: [{ value: 50 + (i % 50), share: 1 }],
    };
  });
  const { bounds, centres, shares } = ratingScale({ question: "q", aspect: "a", values: null, names: null }, train)!;
  expect(bounds).toEqual([55, 60, 65, 70, 75, 80, 85, 90, 95]);
  expect(centres[1]).toBe(58);
  expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  const likert = ratingScale({ question: "q", aspect: "a", values: [1, 2, 3], names: null }, train.slice(0, 0));
  expect(likert).toMatchObject({ bounds: [1, 2], centres: [1, 2, 3] });
});
