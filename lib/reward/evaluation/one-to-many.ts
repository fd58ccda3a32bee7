import { meanByGroup } from "@/lib/stats/bootstrap";
import { streamFor } from "../training/sampling";
import type { OneToMany } from "./schema";

/** Rewards of an instance's completions, and which of them are right. Instances of one prompt are drawn together. */
export type CorrectnessGroup = {
  promptHash: string;
  rewards: ArrayLike<number>;
  isRight: readonly boolean[];
};

/**
 * One right completion against all wrong ones of its prompt (RewardMATH): right is a reward strictly above every wrong
 * one's, and the rank counts the wrong ones that reach it, so equal rewards are no success. Chance is what rewards drawn at
 * random give with w wrong ones: 1 / (w + 1). Groups without a right or without a wrong completion say nothing.
 */
export function measureOneToMany(groups: readonly CorrectnessGroup[], seed: number): OneToMany {
  const prompts = [...new Set(groups.map(({ promptHash }) => promptHash))];
  const placeOf = new Map(prompts.map((promptHash, place) => [promptHash, place]));
  const rows = groups.flatMap(({ promptHash, rewards, isRight }) => {
    const group = placeOf.get(promptHash)!;
    const wrong = isRight.flatMap((right, i) => (right ? [] : [rewards[i]!]));
    if (wrong.length === 0) return [];
    return isRight.flatMap((right, i) => {
      if (!right) return [];
      const above = wrong.filter((reward) => reward >= rewards[i]!).length;
      return [{ group, isBest: Number(above === 0), reciprocal: 1 / (1 + above), chance: 1 / (1 + wrong.length) }];
    });
  });
  const estimate = (values: readonly number[]) =>
    meanByGroup(
      values,
      rows.map(({ group }) => group),
      { random: streamFor(seed, "evaluation", 15) },
    );
  return {
    prompts: new Set(rows.map(({ group }) => group)).size,
    accuracy: estimate(rows.map(({ isBest }) => isBest)),
    reciprocalRank: estimate(rows.map(({ reciprocal }) => reciprocal)),
    chance: rows.length === 0 ? null : rows.reduce((sum, { chance }) => sum + chance, 0) / rows.length,
  };
}
