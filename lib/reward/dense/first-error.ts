import type { Random } from "@/lib/stats/random";
import type { DenseData } from "./data";
import { figureOf, share } from "./figures";
import type { DenseMetrics } from "./schema";

type FirstErrors = NonNullable<NonNullable<DenseMetrics["steps"]>["firstError"]>;
type Labelled = DenseData["firstErrors"][number];

/** The index of the first step whose logit is below the threshold, or "none". */
export function firstErrorOf(logits: readonly number[], threshold: number): number | "none" {
  const found = logits.findIndex((logit) => logit < threshold);
  return found === -1 ? "none" : found;
}

/**
 * The logit below which a step is an error with which first errors are named right most often; of equals that nearest to 0.
 * 0 for no completions.
 */
export function firstErrorThreshold(labelled: readonly Labelled[], logits: readonly number[]): number {
  const own = labelled.flatMap(({ from, to }) => logits.slice(from, to)).toSorted((a, b) => a - b);
  // A hundred places between steps, and both ends, are as fine as the labels are.
  const places = Array.from({ length: 101 }, (_, i) => Math.round((i / 100) * (own.length - 1)));
  const candidates = [0, ...places.flatMap((at) => (own.length === 0 ? [] : [own[at]! - 1e-9, own[at]! + 1e-9]))];
  let [best, threshold] = [-1, 0];
  for (const candidate of new Set(candidates)) {
    const right = labelled.filter((one) => isRight(one, logits, candidate)).length;
    if (right > best || (right === best && Math.abs(candidate) < Math.abs(threshold))) {
      [best, threshold] = [right, candidate];
    }
  }
  return threshold;
}

/**
 * How often the first error, or that there is none, is named right on the test part: by the head, by the logistic regression
 * (both with thresholds from the validation part) and by naming what is commonest in the training part. Null without labels.
 */
export function measureFirstErrors(given: {
  firstErrors: readonly Labelled[];
  logits: { head: readonly number[]; logistic: readonly number[] };
  random: () => Random;
}): FirstErrors | null {
  const { firstErrors, logits, random } = given;
  const [train, validation, test] = (["train", "validation", "test"] as const).map((split) =>
    firstErrors.filter((one) => one.split === split),
  ) as [Labelled[], Labelled[], Labelled[]];
  if (test.length === 0) return null;
  const figure = (isHit: (one: Labelled) => boolean) =>
    figureOf(
      test.map((one) => ({ group: one.group, counts: [Number(isHit(one)), 1] })),
      share,
      random(),
    )!;
  const [threshold, ofLogistic] = [logits.head, logits.logistic].map((own) => firstErrorThreshold(validation, own)) as [
    number,
    number,
  ];
  const usual = commonest(train.map(({ firstError }) => firstError));
  return {
    completions: test.length,
    threshold: 1 / (1 + Math.exp(-threshold)),
    accuracy: figure((one) => isRight(one, logits.head, threshold)),
    logistic: figure((one) => isRight(one, logits.logistic, ofLogistic)),
    majority: figure(({ firstError }) => firstError === usual),
  };
}

function isRight({ from, to, firstError }: Labelled, logits: readonly number[], threshold: number): boolean {
  return firstErrorOf(logits.slice(from, to), threshold) === firstError;
}

function commonest<Value>(values: readonly Value[]): Value | undefined {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}
