import { openSession } from "@/lib/graph/session";
import type { RewardConfig } from "../training/config";
import { isDecided, type TrainingData, type TrainingPair } from "../training/data";
import { randomOrder, streamFor } from "../training/sampling";
import { exportRewardModel, scoreCompletions } from "../training/score";
import { trainRewardModel } from "../training/train-reward-model";

/**
 * Most training pairs of a model that is trained only to measure something. It bounds the work, and with it the time, by
 * a number of pairs and not by a clock, so that the figures are the same on every machine.
 */
export const mostLightPairs = 5_000;

/** Fewer members and hidden units than the version itself has; of those more than these change little (rewardDefaults). */
export function lightConfig(config: RewardConfig, members = 3): RewardConfig {
  return { ...config, members: Math.min(members, config.members), hidden: Math.min(16, config.hidden) };
}

/** Calibrated margins of pairs, with length and format counted in: the mean, and each member's [k][pair]. */
export type LightMargins = { mean: Float64Array; members: Float64Array[] };

/** Trains on the training and validation pairs of `data` alone, and tells what it says of `judged`. */
export async function trainLightly(given: {
  data: TrainingData;
  pairs: readonly TrainingPair[];
  judged: readonly TrainingPair[];
  config: RewardConfig;
  seed: number;
}): Promise<LightMargins> {
  const { data, judged, config, seed } = given;
  const { features, sides, width } = data;
  const pairs = given.pairs.filter(({ split }) => split !== "test");
  const { model } = await trainRewardModel({ pairs, features, width, sides, config, seed });
  const completions = [...new Set(judged.flatMap(({ first, second }) => [first, second]))];
  const place = new Map(completions.map((completion, i) => [completion, i]));
  const session = await openSession(exportRewardModel(model));
  const { withSides, membersWithSides } = await scoreCompletions(session, {
    features: completions.map((completion) => features[completion]!),
    sides: completions.map((completion) => sides[completion]!),
    width,
  }).finally(() => session.dispose());
  const marginsOf = (rewards: Float32Array): Float64Array =>
    Float64Array.from(judged, ({ first, second }) => rewards[place.get(first)!]! - rewards[place.get(second)!]!);
  return { mean: marginsOf(withSides), members: membersWithSides.map(marginsOf) };
}

/**
 * Of each part the pairs of prompts drawn at random until there are `share` of them, and no more than `mostLightPairs`.
 * Larger shares hold the smaller ones of the same seed.
 */
export function drawPrompts(pairs: readonly TrainingPair[], share: number, seed: number): TrainingPair[] {
  const byGroup = new Map<number, TrainingPair[]>();
  for (const pair of pairs) {
    const own = byGroup.get(pair.group);
    if (own) own.push(pair);
    else byGroup.set(pair.group, [pair]);
  }
  const groups = [...byGroup.keys()];
  const wanted = share * Math.min(pairs.length, mostLightPairs);
  const drawn: TrainingPair[] = [];
  for (const place of randomOrder(groups.length, streamFor(seed, "shares"))) {
    if (drawn.length >= wanted) break;
    drawn.push(...byGroup.get(groups[place]!)!);
  }
  return drawn;
}

export const countDecided = (pairs: readonly TrainingPair[]): number => pairs.filter(isDecided).length;
