import { fitLogistic } from "@/lib/stats/logistic";
import { standardised, type Standard } from "./batches";
import type { TrainingPair } from "./data";

/** A weak pull to 0, against coefficients without end where few pairs are separated by a side feature. */
const l2 = 1;

/**
 * The Bradley-Terry model of the standardised side features alone, fitted exactly: what length and format explain. It is
 * the baseline that text has to add to, and where each member's nuisance branch starts.
 */
export function fitSideModel(given: {
  pairs: readonly TrainingPair[];
  sides: readonly (readonly number[])[];
  standard: Standard;
  targets: ArrayLike<number>;
  weights?: ArrayLike<number>;
}): Float64Array {
  const { pairs, sides, standard, targets, weights } = given;
  const rows = pairs.map((pair) => sideDifference(pair, sides, standard));
  return fitLogistic({ rows, width: standard.means.length, targets, weights, l2 }).coefficients;
}

/** Standardised side features of the first completion less those of the second. */
export function sideDifference(
  { first, second }: TrainingPair,
  sides: readonly (readonly number[])[],
  standard: Standard,
): number[] {
  const other = standardised(sides[second]!, standard);
  return standardised(sides[first]!, standard).map((value, j) => value - other[j]!);
}
