import { sumOf, type Weighted } from "./plurality";

export type WeightedMean = {
  /** In the unit of the values, as the other two. */
  mean: number;
  /** Null with a single value, whose spread is unknown. */
  standardError: number | null;
  median: number;
};

/** Relative difference below which the weight up to a value is half of the whole. */
const tolerance = 1e-9;

/**
 * Weighted mean m = sum w_i y_i / sum w_i with its standard error and the weighted median.
 *
 * The standard error takes the mean as a ratio of sums (Cochran, Sampling Techniques, 1977; found closest to the
 * bootstrap by Gatz & Smith, Atmospheric Environment 29, 1995): se^2 = n/(n-1) sum w_i^2 (y_i - m)^2 / (sum w_i)^2.
 * With equal weights it is s / sqrt(n). The median has half of the weight on either side; between two values it is
 * their middle. Equal values have a standard error of 0, one value none. Returns null without values.
 */
export function weightedMean(values: readonly Weighted<number>[]): WeightedMean | null {
  if (values.length === 0) return null;
  const n = values.length;
  const total = sumOf(values.map(({ weight }) => weight));
  const mean = sumOf(values.map(({ value, weight }) => weight * value)) / total;
  const squares = sumOf(values.map(({ value, weight }) => (weight * (value - mean)) ** 2));
  return {
    mean,
    standardError: n === 1 ? null : Math.sqrt((n / (n - 1)) * squares) / total,
    median: medianOf(values, total / 2),
  };
}

function medianOf(values: readonly Weighted<number>[], half: number): number {
  const sorted = [...values].sort((a, b) => a.value - b.value);
  let below = 0;
  for (const [i, { value, weight }] of sorted.entries()) {
    below += weight;
    if (Math.abs(below - half) <= half * tolerance && i + 1 < sorted.length) return (value + sorted[i + 1]!.value) / 2;
    if (below > half) return value;
  }
  return sorted.at(-1)!.value;
}
