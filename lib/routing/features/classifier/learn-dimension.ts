import { classProbabilities, fitMultinomial, type Entries, type MultinomialFit } from "@/lib/stats/multinomial";
import { wilson } from "@/lib/stats/wilson";
import { fewestTagged, type DimensionFigures } from "./schema";

/** Prompts of a value that is learned. */
const fewestOfValue = 5;
const folds = 5;

/** Of vectors of length 1. */
const l2 = 0.1;

/** Iterations after which cross-validated figures change no more. */
const maxIterations = 30;

/** What names a dimension of a prompt. */
export type DimensionModel = { dimension: string; values: readonly string[]; fit: MultinomialFit };

type Given = {
  dimension: string;
  width: number;
  /** The vectors of prompts, in an order that has nothing to do with their tags. */
  rows: readonly Entries[];
  /** The first value of each. */
  said: readonly string[];
};

/**
 * Learns to name a dimension from prompts that others have tagged, and measures how well it names those of each fifth from
 * the other four, beside always naming the commonest value. A value of fewer than 5 prompts is never named; such prompts count
 * as missed. It counts as better when, of the prompts that only one of the two gets right, the lower end of the 95 % interval
 * of its share is above one half (a sign test); otherwise, or from fewer than 50 prompts, there is no model.
 */
export function learnDimension(given: Given): { figures: DimensionFigures; model: DimensionModel | null } {
  const { dimension, rows, said } = given;
  const values = commonValues(said);
  const commonest = values[0] ?? "";
  const majority = said.filter((value) => value === commonest).length / Math.max(1, said.length);
  const about = { dimension, prompts: said.length, values: values.length, majority };
  if (values.length < 2) return { figures: { ...about, accuracy: null, isWritten: false }, model: null };
  const named = rows.map(() => "");
  for (let fold = 0; fold < folds; fold++) {
    const model = fitTo(given, values, (place) => place % folds !== fold);
    rows.forEach((row, place) => {
      if (place % folds === fold) named[place] = nameBy(model, row);
    });
  }
  const isRight = said.map((value, place) => value === named[place]);
  const accuracy = wilson(isRight.filter(Boolean).length, said.length)!;
  const isWritten = said.length >= fewestTagged && isBetter(said, isRight, commonest);
  return {
    figures: {
      ...about,
      accuracy: { value: accuracy.value, interval: [accuracy.low, accuracy.high] },
      isWritten,
    },
    model: isWritten ? fitTo(given, values, () => true) : null,
  };
}

/** The likeliest value. */
export function nameBy({ values, fit }: DimensionModel, row: Entries): string {
  const probabilities = classProbabilities(fit, row);
  return values[probabilities.indexOf(Math.max(...probabilities))]!;
}

/** Values that enough prompts have, the commonest first. */
function commonValues(said: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of said) counts.set(value, (counts.get(value) ?? 0) + 1);
  const common = [...counts].filter(([, count]) => count >= fewestOfValue);
  return common.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([value]) => value);
}

function fitTo(
  { dimension, width, rows, said }: Given,
  values: readonly string[],
  isTaken: (place: number) => boolean,
): DimensionModel {
  const targets = said.map((value) => values.indexOf(value));
  const places = targets.flatMap((target, place) => (target >= 0 && isTaken(place) ? place : []));
  const fit = fitMultinomial({
    ...{ rows: places.map((place) => rows[place]!), targets: places.map((place) => targets[place]!) },
    ...{ width, classes: values.length, l2, tolerance: 1e-3, maxIterations },
  });
  return { dimension, values, fit };
}

function isBetter(said: readonly string[], isRight: readonly boolean[], commonest: string): boolean {
  const onlyOne = said.flatMap((value, place) => (isRight[place] === (value === commonest) ? [] : isRight[place]!));
  const share = wilson(onlyOne.filter(Boolean).length, onlyOne.length);
  return share !== null && share.low > 0.5;
}
