const z = 1.959963984540054;

/**
 * The share of successes among n trials with its 95 % score interval (Wilson 1927):
 * (p + z² / 2n ± z √(p (1 - p) / n + z² / 4n²)) / (1 + z² / n). Unlike p ± z √(p (1 - p) / n) it stays within [0, 1] and
 * has a width where p is 0 or 1. Null without trials.
 */
export function wilson(successes: number, n: number): { value: number; low: number; high: number } | null {
  if (n === 0) return null;
  const value = successes / n;
  const middle = (value + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z * Math.sqrt((value * (1 - value)) / n + z ** 2 / (4 * n ** 2))) / (1 + z ** 2 / n);
  return {
    value,
    low: successes === 0 ? 0 : Math.max(0, middle - half),
    high: successes === n ? 1 : Math.min(1, middle + half),
  };
}
