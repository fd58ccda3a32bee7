/** The mean over all pairs of `count` things, the first before the second; null for fewer than two. */
export function meanOverPairs(count: number, of: (first: number, second: number) => number): number | null {
  if (count < 2) return null;
  let sum = 0;
  for (let second = 1; second < count; second++) for (let first = 0; first < second; first++) sum += of(first, second);
  return sum / ((count * (count - 1)) / 2);
}
