import { student975 } from "./student";

/**
 * A mean over a population that was estimated from a random sample of it. The error of the estimate is, nearly, the sum of
 * its influences: what each group (the instances of one prompt, which are alike) adds to it.
 */
export type PopulationMean = {
  value: number;
  influences: ReadonlyMap<number, number>;
  /** Groups in the sample. */
  groups: number;
  /** As many equally likely instances tell as much (Kish 1965): (sum w)^2 / sum w^2. */
  size: number;
};

/** One of the sample. It stands for `weight` instances: one over the probability with which it came in. */
export type Sampled = { value: number; weight: number; group: number };

export type Foreseen = { predictor: number; group: number };

export type Interval = [low: number, high: number];

/**
 * Sum w y / sum w with w = 1 / probability (Hajek 1971). What was labelled for another reason than the draw must not be in
 * the sample: that is what makes agreement among all labelled instances lie. The influence of a group is
 * sum w (y - mean) / sum w. Null without a sample.
 */
export function inverseProbabilityMean(sample: readonly Sampled[]): PopulationMean | null {
  const total = sumOf(sample, ({ weight }) => weight);
  if (total === 0) return null;
  const value = sumOf(sample, (one) => one.weight * one.value) / total;
  const influences = new Map<number, number>();
  for (const one of sample) add(influences, one.group, (one.weight * (one.value - value)) / total);
  return { value, influences, groups: groupsIn(sample), size: sizeOf(sample) };
}

/**
 * The doubly robust mean (Robins, Rotnitzky & Zhao 1994), mean m(x) over the population + sum w (y - m(x)) / sum w over the
 * sample: right where the probabilities are, whatever m is, and the more precise the better m foresees y. m is a line in
 * what something else foresees, fitted on the sample without the fifth of the groups that it is used on, so that a
 * predictor that was itself fitted on some of the sample, or foresees another thing, does no harm. `population` may be a
 * random part of it. Null where either is empty.
 */
export function doublyRobustMean(
  sample: readonly (Sampled & Foreseen)[],
  population: readonly Foreseen[],
): PopulationMean | null {
  const total = sumOf(sample, ({ weight }) => weight);
  if (total === 0 || population.length === 0) return null;
  const lines = Array.from({ length: folds }, (_, fold) =>
    fitLine(sample.filter(({ group }) => group % folds !== fold)),
  );
  const foresee = ({ predictor, group }: Foreseen): number => {
    const line = lines[group % folds] ?? fitLine(sample)!;
    return line.at + line.slope * predictor;
  };
  const foreseen = sumOf(population, foresee) / population.length;
  const rest = sumOf(sample, (one) => one.weight * (one.value - foresee(one))) / total;
  const influences = new Map<number, number>();
  for (const one of population) add(influences, one.group, (foresee(one) - foreseen) / population.length);
  for (const one of sample) add(influences, one.group, (one.weight * (one.value - foresee(one) - rest)) / total);
  return { value: foreseen + rest, influences, groups: groupsIn(sample), size: sizeOf(sample) };
}

/** sum share x mean: of parts of a population, whose shares sum to 1, or a difference, with shares 1 and -1. */
export function combineMeans(parts: readonly { share: number; mean: PopulationMean }[]): PopulationMean {
  const influences = new Map<number, number>();
  for (const { share, mean } of parts)
    for (const [group, influence] of mean.influences) add(influences, group, share * influence);
  const counted = parts.filter(({ share }) => share !== 0);
  return {
    value: sumOf(parts, ({ share, mean }) => share * mean.value),
    influences,
    groups: Math.min(...counted.map(({ mean }) => mean.groups)),
    size: 1 / sumOf(counted, ({ share, mean }) => share ** 2 / mean.size),
  };
}

/**
 * 95 % interval of a mean of values in [0, 1]: Wilson's with the size that a simple random sample of this variance has
 * (Korn & Graubard 1998) and the quantile of Student's t for the groups, so that it stays in [0, 1] and has a width where
 * everything agrees. Null with one group, whose spread is unknown.
 */
export function shareInterval(mean: PopulationMean): Interval | null {
  if (mean.groups < 2) return null;
  const t = student975(mean.groups - 1);
  const value = Math.min(1, Math.max(0, mean.value));
  const variance = varianceOf(mean);
  const size = variance > 0 && value > 0 && value < 1 ? (value * (1 - value)) / variance : mean.size;
  const middle = (value + t ** 2 / (2 * size)) / (1 + t ** 2 / size);
  const half = (t * Math.sqrt((value * (1 - value)) / size + t ** 2 / (4 * size ** 2))) / (1 + t ** 2 / size);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** 95 % interval of a difference of means: value -+ t se. Null with one group. */
export function differenceInterval(mean: PopulationMean): Interval | null {
  if (mean.groups < 2) return null;
  const half = student975(mean.groups - 1) * Math.sqrt(varianceOf(mean));
  return [mean.value - half, mean.value + half];
}

const folds = 5;

/** With fewer the slope is not worth its noise. */
const fewestForLine = 10;

/** By weighted least squares; flat where there is too little to tell a slope. Null without a sample. */
function fitLine(sample: readonly (Sampled & Foreseen)[]): { at: number; slope: number } | null {
  const total = sumOf(sample, ({ weight }) => weight);
  if (total === 0) return null;
  const middle = sumOf(sample, (one) => one.weight * one.predictor) / total;
  const mean = sumOf(sample, (one) => one.weight * one.value) / total;
  const spread = sumOf(sample, (one) => one.weight * (one.predictor - middle) ** 2);
  const together = sumOf(sample, (one) => one.weight * (one.predictor - middle) * (one.value - mean));
  const slope = sample.length < fewestForLine || spread < 1e-12 * total ? 0 : together / spread;
  return { at: mean - slope * middle, slope };
}

/** Of the sum of influences, which have a mean of 0: groups / (groups - 1) sum influence^2. */
function varianceOf({ influences, groups }: PopulationMean): number {
  return (groups / (groups - 1)) * sumOf([...influences.values()], (influence) => influence ** 2);
}

function sizeOf(sample: readonly Sampled[]): number {
  return sumOf(sample, ({ weight }) => weight) ** 2 / sumOf(sample, ({ weight }) => weight ** 2);
}

function groupsIn(sample: readonly Sampled[]): number {
  return new Set(sample.flatMap(({ group, weight }) => (weight > 0 ? group : []))).size;
}

function add(influences: Map<number, number>, group: number, influence: number): void {
  influences.set(group, (influences.get(group) ?? 0) + influence);
}

function sumOf<T>(values: readonly T[], of: (value: T) => number): number {
  let sum = 0;
  for (const value of values) sum += of(value);
  return sum;
}
