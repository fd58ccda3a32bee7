import { betaQuantile, incompleteBeta } from "./beta";

/**
 * The largest rate with which at most k errors among n have a probability of at least delta: an upper bound of the rate
 * that holds with probability 1 - delta or more, whatever the rate (Clopper & Pearson 1934):
 * BetaInv(1 - delta; k + 1, n - k). 1 where everything is an error, or nothing was tried.
 */
export function upperBound(errors: number, n: number, delta: number): number {
  return errors >= n ? 1 : betaQuantile(1 - delta, errors + 1, n - errors);
}

/** Whether that bound is at most alpha, which needs no search: P(X <= k) <= delta for X of Binomial(n, alpha). */
export function isBoundedBy(
  alpha: number,
  { errors, n, delta }: { errors: number; n: number; delta: number },
): boolean {
  return errors < n && incompleteBeta(1 - alpha, n - errors, errors + 1) <= delta;
}
