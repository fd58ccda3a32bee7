/** How far apart two categories are; "ordinal" and "interval" take them in the order of their values. */
export type Distance = "nominal" | "ordinal" | "interval";

/**
 * Krippendorff's alpha ("Content analysis", 2004, chapter 11) of a square table of coincidences o_ck, row by row:
 *
 *     n_c = sum_k o_ck;  n = sum_c n_c;  alpha = 1 - (n - 1) sum_ck o_ck d2(c, k) / sum_ck n_c n_k d2(c, k)
 *
 * with d2 = 1 for different categories (nominal), (v_c - v_k)^2 (interval), or the square of how many values lie between
 * (ordinal). `values` are the categories' values, in ascending order. Null where nothing could differ: no unit has two
 * values, or all values are the same.
 */
export function krippendorffAlpha(
  coincidences: ArrayLike<number>,
  values: readonly number[],
  distance: Distance,
): number | null {
  const size = values.length;
  const sums = values.map((_, c) => values.reduce((sum, _value, k) => sum + coincidences[c * size + k]!, 0));
  const n = sums.reduce((sum, each) => sum + each, 0);
  let [observed, expected] = [0, 0];
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < size; k++) {
      if (c === k) continue;
      const apart = squaredDistance(Math.min(c, k), Math.max(c, k), { sums, values, distance });
      observed += coincidences[c * size + k]! * apart;
      expected += sums[c]! * sums[k]! * apart;
    }
  }
  return expected === 0 ? null : 1 - ((n - 1) * observed) / expected;
}

/**
 * What a unit adds to the table of coincidences, as places and amounts: sum over ordered pairs of its m values of
 * 1 / (m - 1). `counts` says how many gave each category. Nothing for fewer than two values.
 */
export function coincidencesOf(counts: ArrayLike<number>): [place: number, amount: number][] {
  const size = counts.length;
  let m = 0;
  for (let c = 0; c < size; c++) m += counts[c]!;
  const added: [number, number][] = [];
  if (m < 2) return added;
  for (let c = 0; c < size; c++) {
    for (let k = 0; counts[c]! > 0 && k < size; k++) {
      const pairs = counts[c]! * (c === k ? counts[k]! - 1 : counts[k]!);
      if (pairs > 0) added.push([c * size + k, pairs / (m - 1)]);
    }
  }
  return added;
}

/**
 * The sums from which `intervalAlpha` is made, for one unit: values, their sum, their squares, and the squared distances
 * of its ordered pairs over m - 1. All 0 for fewer than two values. For values that are too many for a table.
 */
export function intervalSums(values: readonly number[]): [n: number, sum: number, squares: number, within: number] {
  const m = values.length;
  if (m < 2) return [0, 0, 0, 0];
  const sum = values.reduce((total, value) => total + value, 0);
  const squares = values.reduce((total, value) => total + value * value, 0);
  return [m, sum, squares, (2 * (m * squares - sum * sum)) / (m - 1)];
}

/** Krippendorff's alpha with interval distance, from the totals of `intervalSums`. Null where nothing could differ. */
export function intervalAlpha(totals: ArrayLike<number>): number | null {
  const [n, sum, squares, within] = [totals[0]!, totals[1]!, totals[2]!, totals[3]!];
  const expected = 2 * (n * squares - sum * sum);
  return expected <= 1e-9 * n * squares || n < 2 ? null : 1 - ((n - 1) * within) / expected;
}

function squaredDistance(
  low: number,
  high: number,
  { sums, values, distance }: { sums: readonly number[]; values: readonly number[]; distance: Distance },
): number {
  if (distance === "nominal") return 1;
  if (distance === "interval") return (values[high]! - values[low]!) ** 2;
  let between = -(sums[low]! + sums[high]!) / 2;
  for (let g = low; g <= high; g++) between += sums[g]!;
  return between ** 2;
}
