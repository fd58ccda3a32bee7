import { exportModel } from "@/lib/graph/export";
import { openSession } from "@/lib/graph/session";
import { middle95, type Estimate } from "@/lib/stats/bootstrap";
import { linear } from "@/lib/stats/logistic";
import { rewardDefaults, type RewardConfig } from "./config";
import { completionsOf, isDecided, outcomeOf, pairsOf, type TrainingData, type TrainingPair } from "./data";
import { creditOf } from "./evaluate";
import { rewardGraph } from "./head";
import { bootstrapCounts, streamFor } from "./sampling";
import { memberRewards, trainEnsemble, type TrainingHooks } from "./train";

/** Shufflings trained side by side. */
const shufflings = 20;

const rounds = 1000;

/**
 * The control that a pipeline without leaks must fail: the sides of all training and validation labels are drawn at
 * random, then the model is trained and tested as ever. Each member of the ensemble learns a shuffling of its own. One
 * shuffling alone says little: a model of noise may still prefer long texts, or short ones, and be far from 1/2 on a test
 * set where length tells. So the interval of their mean accuracy draws both the prompt groups and the shufflings again,
 * and 1/2 must lie in it. Null without test pairs. Throws as `trainRewardModel` does.
 */
export async function shuffledLabelAccuracy(
  given: TrainingData & { config?: RewardConfig; seed: number; threads?: number } & Pick<TrainingHooks, "signal">,
): Promise<Estimate | null> {
  const { features, width, sides, config = rewardDefaults, seed, threads = 1, signal } = given;
  // Adaptive margins were made from the labels, and would tell what the shuffling is to hide.
  const pairs = given.pairs.map(({ margin: _, ...pair }): TrainingPair => pair);
  const data = { pairs, features, width, sides };
  const test = pairsOf(pairs, "test").filter(isDecided);
  if (test.length === 0) return null;
  const random = streamFor(seed, "shuffle");
  const signs = new Map(
    pairs.map((pair) => [pair, Array.from({ length: shufflings }, () => (random() < 0.5 ? 1 : -1))]),
  );
  const { shape, values, standard } = await trainEnsemble({
    data,
    config: { ...config, members: shufflings, ties: "half" },
    seed,
    threads,
    strengthFor: (pair, member) => pair.strength * signs.get(pair)![member]!,
    hooks: { signal },
  });

  const completions = completionsOf(test);
  const place = new Map(completions.map((completion, i) => [completion, i]));
  const session = await openSession(exportModel(rewardGraph(shape)), { threads });
  const rewards = await memberRewards({ session, data, standard, completions, values }).finally(() =>
    session.dispose(),
  );
  const credits = rewards.map((reward) =>
    test.map((pair) => creditOf(reward[place.get(pair.first)!]! - reward[place.get(pair.second)!]!, outcomeOf(pair))),
  );
  return meanOfBoth(
    credits,
    test.map(({ group }) => group),
    seed,
  );
}

/** The mean over shufflings and pairs, with an interval from drawing both shufflings and prompt groups again. */
function meanOfBoth(credits: readonly (readonly number[])[], groups: readonly number[], seed: number): Estimate {
  const distinct = [...new Set(groups)];
  const place = new Map(distinct.map((group, i) => [group, i]));
  const totals = (values: readonly number[]): Float64Array => {
    const sums = new Float64Array(distinct.length);
    values.forEach((value, i) => {
      sums[place.get(groups[i]!)!]! += value;
    });
    return sums;
  };
  const counts = totals(groups.map(() => 1));
  const sums = credits.map(totals);
  const meanUnder = (groupCounts: ArrayLike<number>, members: readonly number[]): number =>
    members.reduce((total, member) => total + linear(sums[member]!, groupCounts), 0) /
    (linear(counts, groupCounts) * members.length);
  const random = streamFor(seed, "evaluation", 2);
  const means = Float64Array.from({ length: rounds }, () => {
    const drawn = [...bootstrapCounts(distinct, random).values()];
    return meanUnder(
      drawn,
      credits.map(() => Math.floor(random() * credits.length)),
    );
  });
  const mean = meanUnder(
    distinct.map(() => 1),
    Array.from(credits.keys()),
  );
  return { mean, interval: middle95(means), values: groups.length, groups: distinct.length };
}
