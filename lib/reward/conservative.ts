import type { ScoredCompletion } from "./serving/schema";

/**
 * Scores that distrust what the members of an ensemble dispute (Coste et al., "Reward model ensembles help mitigate
 * overoptimization"; Eisenstein et al.). With the rewards r_k of K members, their mean m and their variance
 * s^2 = 1/K sum (r_k - m)^2:
 *
 *     worst case  min_k r_k        mean - sd  m - lambda s        UWO  m - lambda s^2
 *
 * One member disputes nothing: all are its reward.
 */
export function conservativeScores(
  members: readonly number[],
  lambda: number,
): Pick<ScoredCompletion, "sd" | "min" | "meanMinusSd" | "uwo"> {
  const mean = members.reduce((sum, reward) => sum + reward, 0) / members.length;
  const variance = members.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / members.length;
  const sd = Math.sqrt(variance);
  return { sd, min: Math.min(...members), meanMinusSd: mean - lambda * sd, uwo: mean - lambda * variance };
}
