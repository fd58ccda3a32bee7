import type { Comparison } from "./compare-predictors";
import type { Figure, FitVerdict } from "./schema";

/** Held-out gold pairs, prompts and pairs on which people and the judge differ below which intervals are not worth much. */
export const fewest = { heldOut: 100, prompts: 30, differing: 25 };

/**
 * Whether to route by what was learned. It is trusted where the judge's errors can be told from an instance's
 * characteristics, on prompts that nothing was fitted on, and where mixes that did not train the predictor are foreseen
 * better than by the share alone, also among mixes of one share. Each must hold for the whole 95 % interval.
 */
export function verdictOf(given: {
  heldOut: number;
  prompts: number;
  differing: number;
  pairs: number;
  errorAuc: Figure | null;
  comparison: Comparison;
  oneShare: number;
}): FitVerdict {
  const { heldOut, prompts, differing, pairs, errorAuc, comparison, oneShare } = given;
  if (heldOut < fewest.heldOut || prompts < fewest.prompts || differing < fewest.differing || !errorAuc?.interval) {
    const sentence = `Too few to learn from: ${heldOut} pairs on which two people agree, ${prompts} prompts, and ${differing} of ${pairs} pairs on which people and the judge differ; at least ${fewest.heldOut}, ${fewest.prompts} and ${fewest.differing} are needed.`;
    return { kind: "too few", sentence };
  }
  const own = comparison.figures.find(({ isChosen }) => isChosen)!.spearmanAtOneShare;
  const errors = `area under the curve ${inWords(errorAuc)}`;
  const share = Math.round(100 * oneShare);
  if (errorAuc.interval[0] <= 0.5) {
    const sentence = `The judge's errors look unsystematic: from what is known of an instance, nobody can tell where it errs (${errors}; .5 is guessing). What is learned of them chooses no better than chance; a judge's own confidence may.`;
    return { kind: "unsystematic", sentence };
  }
  if (own.interval === null || own.interval[0] <= 0 || comparison.aboveShare.interval![0] <= 0) {
    const sentence = `How many labels people give foresees a reward model as well as which: beyond the share the rank correlation gains ${inWords(comparison.aboveShare)}, and among mixes of ${share} % by people it is ${inWords(own)}.`;
    return { kind: "no better than the share", sentence };
  }
  const sentence = `It matters which instances people label: among unseen mixes of ${share} % by people the rank correlation with the reward model's worth is ${inWords(own)}, where the share alone has 0, and the judge's errors can be told (${errors}).`;
  return { kind: "trusted", sentence };
}

function inWords({ value, interval }: Figure): string {
  if (interval === null) return value.toFixed(2);
  return `${value.toFixed(2)} (95 % between ${interval[0].toFixed(2)} and ${interval[1].toFixed(2)})`;
}
