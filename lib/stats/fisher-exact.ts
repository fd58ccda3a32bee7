/**
 * Fisher's exact test, two-sided: the probability, if both series had one rate, of a table at most as likely as this one
 * with the same margins. `a` of `n` hits in the one series, `b` of `m` in the other. It keeps its rate of false alarms
 * whatever the counts, where the test of two proportions by the normal distribution does not near 0 and 1. 1 for an
 * empty series.
 */
export function fisherExact(a: number, n: number, b: number, m: number): number {
  const hits = a + b;
  const logs = logFactorials(n + m);
  const choose = (total: number, part: number): number => logs[total]! - logs[part]! - logs[total - part]!;
  const logProbability = (x: number): number => choose(n, x) + choose(m, hits - x) - choose(n + m, hits);
  const seen = logProbability(a);
  let sum = 0;
  for (let x = Math.max(0, hits - m); x <= Math.min(n, hits); x++) {
    const each = logProbability(x);
    // Tables as likely as this one differ by rounding.
    if (each <= seen + 1e-7) sum += Math.exp(each);
  }
  return Math.min(1, sum);
}

function logFactorials(most: number): Float64Array {
  const logs = new Float64Array(most + 1);
  for (let i = 1; i <= most; i++) logs[i] = logs[i - 1]! + Math.log(i);
  return logs;
}
