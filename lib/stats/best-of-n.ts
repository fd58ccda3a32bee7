/**
 * The expected gold reward of the sample that a proxy likes best among n drawn without replacement from N stored ones
 * (Nakano et al., "WebGPT", appendix I). With the gold rewards g_(1) .. g_(N) in ascending order of the proxy:
 *
 *     E = sum_{i=n..N} C(i-1, n-1) / C(N, n) g_(i)
 *
 * n = 1 is the mean. NaN where n is not from 1 to N.
 */
export function goldOfBestOfN(goldByProxy: ArrayLike<number>, n: number): number {
  const N = goldByProxy.length;
  if (n < 1 || n > N) return Number.NaN;
  // The weight of the largest is n / N; each lower one follows from the one above it.
  let weight = n / N;
  let sum = 0;
  for (let i = N; i >= n; i--) {
    sum += weight * goldByProxy[i - 1]!;
    weight *= (i - n) / (i - 1);
  }
  return sum;
}

/** How far best of n goes from the policy that it draws from: the Kullback-Leibler divergence log n - (n - 1) / n in nats. */
export function bestOfNDivergence(n: number): number {
  return Math.log(n) - (n - 1) / n;
}
