import { openSession } from "@/lib/graph/session";
import { conservativeScores } from "@/lib/reward/conservative";
import { rewardDefaults, type RewardConfig } from "@/lib/reward/training/config";
import type { TrainingData, TrainingPair } from "@/lib/reward/training/data";
import { normal } from "@/lib/reward/training/sampling";
import { exportRewardModel, scoreCompletions } from "@/lib/reward/training/score";
import { trainRewardModel } from "@/lib/reward/training/train-reward-model";
import { bestOfNDivergence, goldOfBestOfN } from "@/lib/stats/best-of-n";
import { sigmoid } from "@/lib/stats/logistic";
import { seededRandom, type Random } from "@/lib/stats/random";

export const proxies = ["single", "mean", "min", "uwo", "meanMinusSd"] as const;
export type Proxy = (typeof proxies)[number];

/** The gold reward of the best of n by one proxy, in standard deviations of the gold reward of what the policy writes. */
export type Curve = { proxy: Proxy; gold: number[] };

export type Simulated = { sizes: number[]; divergences: number[]; curves: Curve[]; memberCorrelation: number };

/** Numbers that describe a completion. */
const width = 24;
const hiddenUnits = 12;
const prompts = 200;
const pairsOfPrompt = 2;
/** Completions of the policy, of which the best of n are drawn. */
const samples = 4096;
/** How far out completions are that are unlike those that were labelled. */
const strangeScale = 3;
/** Their share of what the policy writes. */
export const strangeShare = 0.02;
export const flippedShare = 0.25;
export const lambda = 0.5;

const config: RewardConfig = { ...rewardDefaults, hidden: 64, maskedShare: 0 };

/**
 * Optimises against reward models whose gold reward is known, as Coste et al. do ("Reward model ensembles help mitigate
 * overoptimization"): a quarter of the labels is flipped, and the policy writes some completions of a kind that nobody has
 * labelled, where what a reward model says is a guess. The members differ by bootstrap and start, as the product's do; a
 * single model is each of them in turn.
 */
export async function simulate({
  seed,
  strange = strangeShare,
}: {
  seed: number;
  strange?: number;
}): Promise<Simulated> {
  const random = seededRandom(seed);
  const goldOf = goldReward(random);
  const trained = await trainRewardModel({ ...labelledPairs(goldOf, random), config, seed });
  const policy = Array.from({ length: samples }, () => vector(random, random() < strange ? strangeScale : 1));
  const session = await openSession(exportRewardModel(trained.model));
  const { membersWithoutSides } = await scoreCompletions(session, {
    ...{ features: policy, sides: policy.map(() => [0]), width },
  }).finally(() => session.dispose());
  const gold = standardised(policy.map(goldOf));
  const sizes = Array.from({ length: Math.log2(samples) }, (_, i) => 2 ** i);
  const along = (scores: readonly number[]): number[] => {
    const order = Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
    const byProxy = order.map((i) => gold[i]!);
    return sizes.map((n) => goldOfBestOfN(byProxy, n));
  };
  const members = membersWithoutSides.map((rewards) => along(Array.from(rewards)));
  const scores = policy.map((_, i) => {
    const own = membersWithoutSides.map((rewards) => rewards[i]!);
    const mean = own.reduce((sum, reward) => sum + reward, 0) / own.length;
    return { mean, ...conservativeScores(own, lambda) };
  });
  const curves = proxies.map((proxy): Curve => {
    if (proxy === "single") return { proxy, gold: meanCurve(members) };
    return { proxy, gold: along(scores.map((score) => score[proxy])) };
  });
  return {
    sizes,
    divergences: sizes.map(bestOfNDivergence),
    curves,
    memberCorrelation: trained.memberCorrelation ?? 1,
  };
}

/** The mean of curves, point by point. */
export function meanCurve(curves: readonly (readonly number[])[]): number[] {
  return curves[0]!.map((_, i) => curves.reduce((sum, curve) => sum + curve[i]!, 0) / curves.length);
}

/** A gold reward that no head can say wholly: a network with random weights, bounded, which falls far out. */
function goldReward(random: Random): (x: Float32Array) => number {
  const inner = Array.from({ length: hiddenUnits }, () => vector(random, 1 / Math.sqrt(width)));
  const outer = inner.map(() => normal(random));
  return (x) => {
    const squares = x.reduce((sum, value) => sum + value * value, 0) / width;
    return inner.reduce(
      (sum, weights, unit) => {
        const activation = weights.reduce((total, weight, j) => total + weight * x[j]!, 0);
        return sum + outer[unit]! * Math.tanh(activation);
      },
      -Math.max(0, squares - 1),
    );
  };
}

function labelledPairs(goldOf: (x: Float32Array) => number, random: Random): TrainingData {
  const features: Float32Array[] = [];
  const pairs: TrainingPair[] = [];
  for (let group = 0; group < prompts; group++) {
    for (let i = 0; i < pairsOfPrompt; i++) {
      const [first, second] = [0, 1].map(() => features.push(vector(random, 1)) - 1) as [number, number];
      const isFirst = random() < sigmoid(2 * (goldOf(features[first]!) - goldOf(features[second]!)));
      const isFlipped = random() < flippedShare;
      const split = group % 5 === 0 ? "validation" : "train";
      pairs.push({ first, second, group, split, strength: isFirst !== isFlipped ? 1 : -1, weight: 1 });
    }
  }
  return { pairs, features, sides: features.map(() => [0]), width };
}

function vector(random: Random, scale: number): Float32Array {
  return Float32Array.from({ length: width }, () => scale * normal(random));
}

function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / deviation);
}
