import { areaUnderRoc } from "@/lib/stats/auc";
import { figureByGroup } from "@/lib/stats/bootstrap";
import { sigmoid, softplus } from "@/lib/stats/logistic";
import { minimize } from "@/lib/stats/minimize";
import type { Random } from "@/lib/stats/random";
import { foldCount, overlapWidening } from "./folds";
import type { LearnInput } from "./input";
import type { ErrorModel, Figure } from "./schema";

/** Weights are about 0, give or take 0.7, before a pair is seen. */
const l2 = 2;

/** P(people differ from the judge) by an instance's columns; a tie differs from either side. */
export function errorChance({ intercept, weights }: ErrorModel, has: ArrayLike<number>): number {
  let logit = intercept;
  for (let i = 0; i < has.length; i++) logit += weights[has[i]!]!;
  return sigmoid(logit);
}

/** Logistic regression on the columns, the mean loss with l2 / 2 |w|^2 / n, the intercept among the penalised. */
export function fitErrorModel(input: LearnInput, places: readonly number[]): ErrorModel {
  const n = places.length;
  const { point } = minimize(
    (weights) => {
      const gradient = weights.map((weight) => (l2 / n) * weight);
      let value = weights.reduce((sum, weight) => sum + ((l2 / n) * weight ** 2) / 2, 0);
      for (const place of places) {
        const has = input.has[place]!;
        const target = Number(isWrong(input, place));
        let logit = weights[0]!;
        for (let i = 0; i < has.length; i++) logit += weights[1 + has[i]!]!;
        value += (softplus(logit) - target * logit) / n;
        const residual = (sigmoid(logit) - target) / n;
        gradient[0]! += residual;
        for (let i = 0; i < has.length; i++) gradient[1 + has[i]!]! += residual;
      }
      return { value, gradient };
    },
    new Float64Array(1 + input.columns.length),
    { tolerance: 1e-6 },
  );
  return { intercept: point[0]!, weights: Array.from(point.subarray(1)) };
}

/**
 * How well the error model tells pairs apart whose prompts it did not see: about one half where the judge's errors have
 * nothing to do with the columns. Areas are found within each part, where one model ranks the pairs, and averaged. The
 * interval is from drawing prompts again, times `overlapWidening`: without that, it lay above one half in 7 of 100
 * simulations of errors at random. Null where the judge is always right, or always wrong.
 */
export function errorAuc(input: LearnInput, folds: Int32Array, random: Random): Figure | null {
  const all = Array.from(folds.keys());
  const chances = new Float64Array(all.length);
  for (let fold = 0; fold < foldCount; fold++) {
    const model = fitErrorModel(
      input,
      all.filter((i) => folds[i] !== fold),
    );
    for (const i of all) if (folds[i] === fold) chances[i] = errorChance(model, input.has[i]!);
  }
  const found = figureByGroup(
    input.groups,
    (places) => {
      const areas = Array.from({ length: foldCount }, (_, fold) => {
        const own = places.filter((i) => folds[i] === fold);
        return areaUnderRoc(
          own.map((i) => chances[i]!),
          own.map((i) => isWrong(input, i)),
        );
      }).filter((area) => area !== null);
      return areas.length === 0 ? null : areas.reduce((sum, area) => sum + area, 0) / areas.length;
    },
    { random, rounds: 200 },
  );
  if (found === null) return null;
  const widened = found.interval.map((end) => found.mean + overlapWidening * (end - found.mean));
  return { value: found.mean, interval: [Math.max(0, widened[0]!), Math.min(1, widened[1]!)] };
}

export const isWrong = ({ human, lm }: LearnInput, place: number): boolean => human[place] !== lm[place];
