import { areaUnderRoc } from "@/lib/stats/auc";
import { figureByGroup } from "@/lib/stats/bootstrap";
import { fitLogistic, sigmoid } from "@/lib/stats/logistic";
import type { Random } from "@/lib/stats/random";
import { foldCount } from "./folds";
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

export function fitErrorModel(input: LearnInput, places: readonly number[]): ErrorModel {
  const columns = input.columns.length;
  const rows = places.map((place) => {
    const row = new Uint8Array(1 + columns);
    row[0] = 1;
    for (const column of input.has[place]!) row[1 + column] = 1;
    return row;
  });
  const targets = places.map((place) => Number(isWrong(input, place)));
  // Of the mean, not the sum: else rounding keeps many rows from ever meeting the fit's tolerance.
  const weights = new Float64Array(rows.length).fill(1 / rows.length);
  const fit = fitLogistic({ rows, width: 1 + columns, targets, weights, l2: l2 / rows.length });
  return { intercept: fit.coefficients[0]!, weights: Array.from(fit.coefficients.subarray(1)) };
}

/**
 * How well the error model tells pairs apart whose prompts it did not see, with an interval from drawing prompts again:
 * about one half where the judge's errors have nothing to do with the columns. Areas are found within each part, where
 * one model ranks the pairs, and averaged. Null where the judge is always right, or always wrong.
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
    { random },
  );
  return found && { value: found.mean, interval: found.interval };
}

export const isWrong = ({ human, lm }: LearnInput, place: number): boolean => human[place] !== lm[place];
