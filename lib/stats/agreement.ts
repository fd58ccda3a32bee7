import type { Random } from "./random";

export type Agreement = {
  /** Share of the pairs of labels on one unit that are equal, in [0, 1]. */
  agreement: number;
  /** Percentile interval of the bootstrap over units; of no width with a single unit, whose spread is unknown. */
  interval: readonly [low: number, high: number];
  /** Units with at least two labels: the only ones that say anything. */
  units: number;
  labels: number;
  pairs: number;
};

/**
 * Observed percent agreement: of all pairs of labels on the same unit, the share that are equal. Every pair weighs the
 * same, so a unit with m labels weighs m(m - 1)/2. Chance is not taken out of it.
 *
 * `units` gives for each unit how many labels each answer got. Returns null where no unit has two labels.
 * The interval draws the units again with replacement `rounds` times and takes the middle `level` of the results.
 */
export function observedAgreement({
  units,
  random,
  rounds = 1000,
  level = 0.95,
}: {
  units: Iterable<readonly number[]>;
  random: Random;
  rounds?: number;
  level?: number;
}): Agreement | null {
  const agreeing: number[] = [];
  const pairs: number[] = [];
  let labels = 0;
  for (const counts of units) {
    const size = sum(counts);
    if (size < 2) continue;
    labels += size;
    pairs.push(pairsOf(size));
    agreeing.push(sum(counts.map(pairsOf)));
  }
  if (pairs.length === 0) return null;
  const allPairs = sum(pairs);
  return {
    agreement: sum(agreeing) / allPairs,
    interval: percentileInterval(resample({ agreeing, pairs, random, rounds }), level),
    units: pairs.length,
    labels,
    pairs: allPairs,
  };
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The agreement of `rounds` samples of as many units as there are, drawn with replacement. */
function resample({
  agreeing,
  pairs,
  random,
  rounds,
}: {
  agreeing: readonly number[];
  pairs: readonly number[];
  random: Random;
  rounds: number;
}): number[] {
  const size = pairs.length;
  return Array.from({ length: rounds }, () => {
    let drawnAgreeing = 0;
    let drawnPairs = 0;
    for (let draw = 0; draw < size; draw++) {
      const unit = Math.floor(random() * size);
      drawnAgreeing += agreeing[unit]!;
      drawnPairs += pairs[unit]!;
    }
    return drawnAgreeing / drawnPairs;
  });
}

/** The values below which (1 - level)/2 and (1 + level)/2 of the sample lie, interpolated linearly between its members. */
function percentileInterval(sample: readonly number[], level: number): readonly [number, number] {
  const sorted = [...sample].sort((a, b) => a - b);
  const quantile = (share: number): number => {
    const position = share * (sorted.length - 1);
    const below = Math.floor(position);
    const left = sorted[below]!;
    const right = sorted[Math.min(below + 1, sorted.length - 1)]!;
    return left + (right - left) * (position - below);
  };
  return [quantile((1 - level) / 2), quantile((1 + level) / 2)];
}
