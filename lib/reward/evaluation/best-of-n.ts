import { goldOfBestOfN } from "@/lib/stats/best-of-n";
import { meanByGroup, type Estimate } from "@/lib/stats/bootstrap";
import { streamFor } from "../training/sampling";
import type { BestOfN } from "./schema";

/** Points of the curve at most. */
const mostDrawn = 16;

/** Rewards of an instance's completions, and how good each is. Instances of one prompt are drawn together. */
export type QualityGroup = { promptHash: string; rewards: ArrayLike<number>; quality: readonly number[] };

/**
 * How good the completion with the highest reward is among n drawn from those that are stored, for n = 1 .. N, beside one
 * drawn at random and the best that there is. N is what at least half of the groups have, and groups with fewer are left out
 * at every n, so that all points are of the same prompts. Null where no group has two completions.
 */
export function measureBestOfN(
  groups: readonly QualityGroup[],
  { by, seed }: { by: BestOfN["by"]; seed: number },
): BestOfN | null {
  const sizes = groups.map(({ quality }) => quality.length).sort((a, b) => b - a);
  const N = Math.min(mostDrawn, sizes[Math.ceil(sizes.length / 2) - 1] ?? 0);
  if (N < 2) return null;
  const used = groups.filter(({ quality }) => quality.length >= N);
  const prompts = [...new Set(used.map(({ promptHash }) => promptHash))];
  const places = used.map(({ promptHash }) => prompts.indexOf(promptHash));
  const estimate = (values: readonly number[]): Estimate =>
    meanByGroup(values, places, { random: streamFor(seed, "evaluation", 18) })!;
  const byReward = used.map(({ rewards, quality }) => goldByReward(rewards, quality));
  const sorted = used.map(({ quality }) => [...quality].sort((a, b) => a - b));
  const atRandom = used.map(({ quality }) => goldOfBestOfN(quality, 1));
  const picked = (n: number): number[] => byReward.map((gold) => goldOfBestOfN(gold, n));
  return {
    by,
    prompts: prompts.length,
    random: mean(atRandom),
    points: Array.from({ length: N }, (_, i) => ({
      n: i + 1,
      picked: estimate(picked(i + 1)),
      oracle: mean(sorted.map((gold) => goldOfBestOfN(gold, i + 1))),
    })),
    gain: estimate(picked(N).map((value, i) => value - atRandom[i]!)),
  };
}

/** Qualities in ascending order of the reward; equal rewards are drawn by lot, so each has the mean of theirs. */
function goldByReward(rewards: ArrayLike<number>, quality: readonly number[]): number[] {
  const order = quality.map((_, i) => i).sort((a, b) => rewards[a]! - rewards[b]!);
  return order.map((place) => mean(quality.filter((_, i) => rewards[i] === rewards[place])));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
