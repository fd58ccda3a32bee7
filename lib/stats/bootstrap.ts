import type { Random } from "./random";

export type Estimate = {
  mean: number;
  /** 95 %, by the percentiles of the bootstrap. */
  interval: [low: number, high: number];
  values: number;
  groups: number;
};

/**
 * The mean of values that come in groups (pairs of one prompt), with an interval from drawing whole groups with
 * replacement (Davison & Hinkley, "Bootstrap methods", 3.8): values of one group are not independent, and drawing single
 * values would make the interval too narrow. Give the differences of two models on the same pairs for a paired
 * comparison. One group says nothing of the spread between groups: its interval is the mean itself. Null for no values.
 */
export function meanByGroup(
  values: ArrayLike<number>,
  groups: ArrayLike<number>,
  { random, rounds = 1000 }: { random: Random; rounds?: number },
): Estimate | null {
  if (values.length === 0) return null;
  const totals = groupTotals(values, groups);
  const { sum, count } = total(totals);
  const mean = sum / count;
  const means = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    let drawnSum = 0;
    let drawnCount = 0;
    for (let i = 0; i < totals.length; i++) {
      const drawn = totals[Math.floor(random() * totals.length)]!;
      drawnSum += drawn.sum;
      drawnCount += drawn.count;
    }
    means[round] = drawnSum / drawnCount;
  }
  return { mean, interval: middle95(means), values: count, groups: totals.length };
}

/**
 * Any figure of values that come in groups, with an interval from drawing whole groups with replacement. `figure` gets the
 * places of the values drawn, some of them several times, and may find nothing to say of them (null). Null where it has
 * nothing to say of all.
 */
export function figureByGroup(
  groups: ArrayLike<number>,
  figure: (places: readonly number[]) => number | null,
  { random, rounds = 300 }: { random: Random; rounds?: number },
): Estimate | null {
  const places = new Map<number, number[]>();
  for (let i = 0; i < groups.length; i++) places.set(groups[i]!, [...(places.get(groups[i]!) ?? []), i]);
  const distinct = [...places.values()];
  const whole = figure(distinct.flat());
  if (whole === null) return null;
  const figures = Array.from({ length: rounds }, () =>
    figure(distinct.flatMap(() => distinct[Math.floor(random() * distinct.length)]!)),
  ).filter((each) => each !== null);
  return {
    mean: whole,
    interval: middle95(Float64Array.from(figures)),
    values: groups.length,
    groups: distinct.length,
  };
}

/** The percentiles 2.5 and 97.5 of bootstrap replicates. Sorts them in place. */
export function middle95(replicates: Float64Array): [number, number] {
  replicates.sort();
  const last = replicates.length - 1;
  return [replicates[Math.floor(0.025 * last)]!, replicates[Math.ceil(0.975 * last)]!];
}

type Total = { sum: number; count: number };

function groupTotals(values: ArrayLike<number>, groups: ArrayLike<number>): Total[] {
  const totals = new Map<number, Total>();
  for (let i = 0; i < values.length; i++) {
    const found = totals.get(groups[i]!) ?? { sum: 0, count: 0 };
    totals.set(groups[i]!, { sum: found.sum + values[i]!, count: found.count + 1 });
  }
  return [...totals.values()];
}

function total(totals: readonly Total[]): Total {
  return totals.reduce((all, { sum, count }) => ({ sum: all.sum + sum, count: all.count + count }), {
    sum: 0,
    count: 0,
  });
}
