/**
 * Cohen's kappa with quadratic weights (Cohen, "Weighted kappa", 1968) of two lists of ordered categories 0, 1, ...:
 * 1 - sum (i - j)^2 O_ij / sum (i - j)^2 E_ij, with O the observed shares and E those of chance. 1 = alike, 0 = no more
 * than chance. Null where both lists name one category only, the same.
 */
export function quadraticKappa(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const n = a.length;
  let [observed, sumA, sumB, squares] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    observed += (a[i]! - b[i]!) ** 2;
    sumA += a[i]!;
    sumB += b[i]!;
    squares += a[i]! ** 2 + b[i]! ** 2;
  }
  // sum_ij E_ij (i - j)^2 = mean a^2 + mean b^2 - 2 mean a mean b
  const expected = squares / n - (2 * sumA * sumB) / n ** 2;
  return expected > 1e-12 ? 1 - observed / n / expected : null;
}
