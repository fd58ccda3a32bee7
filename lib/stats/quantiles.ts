/**
 * The `count` quantiles of values at 0, 1/(count - 1), ..., 1: of n sorted values x_0 .. x_(n-1) the one at p is the value at
 * place p (n - 1), linear between neighbours (type 7 of Hyndman and Fan 1996). `values` has at least one, `count` is 2 or more.
 */
export function quantilesOf(values: ArrayLike<number>, count: number): number[] {
  const sorted = Float64Array.from(values).sort();
  return Array.from({ length: count }, (_, i) => {
    const place = (i / (count - 1)) * (sorted.length - 1);
    const below = sorted[Math.floor(place)]!;
    return below + (sorted[Math.ceil(place)]! - below) * (place % 1);
  });
}

/**
 * Where a value lies in a distribution of which these are the quantiles: 0 at the lowest or below, 100 at the highest or
 * above, linear between two of them, and in the middle of those that equal it.
 */
export function percentileOf(quantiles: readonly number[], value: number): number {
  const last = quantiles.length - 1;
  const lower = quantiles.filter((quantile) => quantile < value).length;
  if (lower > last) return 100;
  const equal = quantiles.filter((quantile) => quantile === value).length;
  if (equal > 0) return (100 * (lower + (equal - 1) / 2)) / last;
  if (lower === 0) return 0;
  const [below, above] = [quantiles[lower - 1]!, quantiles[lower]!];
  return (100 * (lower - 1 + (value - below) / (above - below))) / last;
}
