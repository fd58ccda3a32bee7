import { sideFeatureNames } from "@/lib/encoders/side-features";
import { writeDense } from "@/lib/encoders/sparse";
import { correlation } from "@/lib/stats/correlation";
import { meanByGroup, type Estimate } from "@/lib/stats/bootstrap";
import { linear } from "@/lib/stats/logistic";
import { standardised, type Standard } from "../training/batches";
import { completionsOf, pairsOf, type TrainingData, type TrainingPair } from "../training/data";
import { creditOf } from "../training/evaluate";
import { streamFor } from "../training/sampling";
import type { LoadedData } from "../training-data";
import type { Tastes } from "./fit-tastes";
import type { Annotator } from "./own-labels";
import { groupsOf, type OwnLabel } from "./responsibilities";
import type { FittedTastes, TasteDispute, TasteGroup, TasteMember } from "./schema";

/** Annotators that are named; a crowd would make the version's record as long as its labels. */
const mostMembers = 200;
const mostDisputes = 10;

/** The groups' rewards of every completion, and how they are brought to mean 0 and deviation 1 over the training completions. */
export type GroupRewards = {
  /** [group][completion], standardised. */
  rewards: Float64Array[];
  means: number[];
  deviations: number[];
};

/** The rewards of all completions by the chosen groups. */
export function groupRewards(data: TrainingData, { chosen }: Tastes, standard: Standard): GroupRewards {
  const { features, sides, width, pairs } = data;
  const weights = Array.from({ length: chosen.groups }, (_, k) =>
    Float64Array.from({ length: chosen.weights.shape[0]! }, (__, row) =>
      Number(chosen.weights.data[row * chosen.groups + k]),
    ),
  );
  const rewards = weights.map(() => new Float64Array(features.length));
  const dense = new Float32Array(width);
  features.forEach((vector, completion) => {
    writeDense(vector, dense, 0, width);
    const row = [...dense, ...standardised(sides[completion]!, standard)];
    weights.forEach((each, k) => {
      rewards[k]![completion] = linear(row, each);
    });
  });
  const trained = completionsOf(pairsOf(pairs, "train"));
  const means = rewards.map((each) => meanOf(trained.map((completion) => each[completion]!)));
  const deviations = rewards.map((each, k) => {
    const variance = meanOf(trained.map((completion) => (each[completion]! - means[k]!) ** 2));
    return variance > 1e-12 ? Math.sqrt(variance) : 1;
  });
  return {
    rewards: rewards.map((each, k) => each.map((reward) => (reward - means[k]!) / deviations[k]!)),
    ...{ means, deviations },
  };
}

type Measured = {
  data: TrainingData & Pick<LoadedData, "origins">;
  annotators: readonly Annotator[];
  labels: readonly OwnLabel[];
  tastes: Tastes;
  /** The groups' standardised rewards. */
  rewards: readonly Float64Array[];
  /** The margin that the single model gives a test pair. */
  singleMargin: (pair: TrainingPair) => number;
  seed: number;
};

/** What there is to know of the groups. Accuracies are on the annotators' own answers in the test part, which made nothing. */
export function measureTastes(given: Measured): FittedTastes {
  const { data, annotators, labels, tastes, rewards } = given;
  const { chosen, gains } = tastes;
  const groupOf = groupsOf(chosen.responsibilities);
  const count = (part: TrainingPair["split"]): number =>
    labels.filter(({ pair }) => data.pairs[pair]!.split === part).length;
  const groups = chosen.shares.map((share, k) => measureGroup(given, groupOf, k, share));
  const measured = groups.flatMap(({ accuracy, single }) => (accuracy && single ? [{ accuracy, single }] : []));
  const several = chosen.groups > 1;
  return {
    kind: "fitted",
    annotators: annotators.length,
    labels: { train: count("train"), validation: count("validation"), test: count("test") },
    ...{ gains, groups },
    worst:
      measured.length === groups.length
        ? {
            accuracy: lowest(measured.map(({ accuracy }) => accuracy)),
            single: lowest(measured.map(({ single }) => single)),
          }
        : null,
    members: several ? namedMembers(given, groupOf) : [],
    disputes: several ? disputesOf(data, rewards) : [],
  };
}

function measureGroup(given: Measured, groupOf: readonly number[], k: number, share: number): TasteGroup {
  const { data, labels, rewards, singleMargin, seed } = given;
  const own = labels.filter(({ annotator }) => groupOf[annotator] === k);
  const inPart = (part: TrainingPair["split"]): OwnLabel[] =>
    own.filter(({ pair }) => data.pairs[pair]!.split === part);
  const train = inPart("train");
  const decided = inPart("test").filter(({ target }) => target !== 0.5);
  const accuracyOf = (marginOf: (pair: TrainingPair) => number): Estimate | null =>
    meanByGroup(
      decided.map(({ pair, target }) => creditOf(marginOf(data.pairs[pair]!), target)),
      decided.map(({ pair }) => data.pairs[pair]!.group),
      { random: streamFor(seed, "tastes", 20 + k) },
    );
  return {
    share,
    annotators: new Set(train.map(({ annotator }) => annotator)).size,
    labels: train.length,
    accuracy: accuracyOf((pair) => marginOf(rewards[k]!, pair)),
    single: accuracyOf(singleMargin),
    prefers: preferencesOf(data, rewards[k]!),
  };
}

/** How a group's margins go with what length and format differ by, over all pairs. */
function preferencesOf({ pairs, sides }: TrainingData, reward: Float64Array): TasteGroup["prefers"] {
  const margins = pairs.map((pair) => marginOf(reward, pair));
  return sideFeatureNames.flatMap((feature, j) => {
    const found = correlation(
      margins,
      pairs.map(({ first, second }) => sides[first]![j]! - sides[second]![j]!),
    );
    return Number.isFinite(found) ? [{ feature, correlation: found }] : [];
  });
}

function namedMembers({ data, annotators, labels, tastes }: Measured, groupOf: readonly number[]): TasteMember[] {
  const counts = new Array<number>(annotators.length).fill(0);
  for (const { annotator, pair } of labels) if (data.pairs[pair]!.split === "train") counts[annotator]!++;
  return annotators
    .map((who, a): TasteMember => {
      const group = groupOf[a]!;
      return { ...who, group, certainty: tastes.chosen.responsibilities[a]![group]!, labels: counts[a]! };
    })
    .filter((member) => member.labels > 0)
    .sort((a, b) => b.labels - a.labels || (a.annotator < b.annotator ? -1 : 1))
    .slice(0, mostMembers);
}

/** The pairs about which the groups' margins differ most, one of each instance. */
function disputesOf({ pairs, origins }: Measured["data"], rewards: readonly Float64Array[]): TasteDispute[] {
  const disputes = pairs.map((pair, i) => {
    const margins = rewards.map((reward) => marginOf(reward, pair));
    return { pair: i, margins, difference: Math.max(...margins) - Math.min(...margins) };
  });
  const seen = new Set<string>();
  return disputes
    .sort((a, b) => b.difference - a.difference)
    .flatMap(({ pair, margins }): TasteDispute[] => {
      const { instanceId, target } = origins[pair]!;
      if (seen.has(instanceId) || seen.size === mostDisputes) return [];
      seen.add(instanceId);
      return [{ instanceId, target, margins }];
    });
}

const marginOf = (reward: Float64Array, { first, second }: Pick<TrainingPair, "first" | "second">): number =>
  reward[first]! - reward[second]!;

const lowest = (estimates: readonly Estimate[]): Estimate =>
  estimates.reduce((worst, estimate) => (estimate.mean < worst.mean ? estimate : worst));

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
