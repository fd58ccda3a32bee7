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
  const tallies: Tally[] = [];
  for (const counts of units) {
    const size = sum(counts);
    if (size >= 2) tallies.push({ labels: size, pairs: pairsOf(size), agreeing: sum(counts.map(pairsOf)) });
  }
  return summarise(tallies, { random, rounds, level });
}

/**
 * Observed percent agreement between two groups of labellers: of all pairs of a label of the one and a label of the other
 * on the same unit, the share that are equal. A unit with m and n labels weighs m n. Chance is not taken out of it.
 *
 * `units` gives for each unit how many labels each answer got from either group. Returns null where no unit has both.
 */
export function crossAgreement({
  units,
  random,
  rounds = 1000,
  level = 0.95,
}: {
  units: Iterable<readonly [first: readonly number[], second: readonly number[]]>;
  random: Random;
  rounds?: number;
  level?: number;
}): Agreement | null {
  const tallies: Tally[] = [];
  for (const [first, second] of units) {
    const [m, n] = [sum(first), sum(second)];
    if (m * n > 0)
      tallies.push({ labels: m + n, pairs: m * n, agreeing: sum(first.map((count, i) => count * second[i]!)) });
  }
  return summarise(tallies, { random, rounds, level });
}

/** One unit: its labels, its pairs of labels, and how many of these are equal. */
type Tally = { labels: number; pairs: number; agreeing: number };

function summarise(
  tallies: readonly Tally[],
  { random, rounds, level }: { random: Random; rounds: number; level: number },
): Agreement | null {
  if (tallies.length === 0) return null;
  const agreeing = tallies.map((tally) => tally.agreeing);
  const pairs = tallies.map((tally) => tally.pairs);
  const allPairs = sum(pairs);
  return {
    agreement: sum(agreeing) / allPairs,
    interval: percentileInterval(resample({ agreeing, pairs, random, rounds }), level),
    units: tallies.length,
    labels: sum(tallies.map(({ labels }) => labels)),
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
