import type { Reduction } from "./schema";

/**
 * One reward of the groups' standardised ones: their mean, or their lowest, which MaxMin-RLHF
 * (Chakraborty et al.) maximises so that no group is left behind.
 */
export function reduceGroups(rewards: readonly number[], by: Reduction): number {
  return by === "min" ? Math.min(...rewards) : rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
}
