import { minimize } from "./minimize";

export type LogisticFit = {
  coefficients: Float64Array;
  converged: boolean;
  iterations: number;
};

/**
 * Logistic regression without an intercept, by L-BFGS: minimises
 *
 *     sum_i w_i [ log(1 + e^{x_i b}) - p_i x_i b ] + l2 / 2 |b|^2
 *
 * over b, with soft targets p_i in [0, 1] and weights w_i, 1 by default. On the differences of a pair's features this is the Bradley-Terry model of a
 * linear reward; the two sides are exchangeable, so it has no intercept. For an intercept give a column of ones. With
 * l2 = 0 and separable rows there is no minimum and the fit does not converge. No rows: coefficients of zero.
 */
export function fitLogistic(given: {
  rows: readonly ArrayLike<number>[];
  width: number;
  targets: ArrayLike<number>;
  weights?: ArrayLike<number>;
  l2: number;
}): LogisticFit {
  const { rows, width, targets, weights, l2 } = given;
  const { point, converged, iterations } = minimize((coefficients) => {
    let value = 0;
    const gradient = new Float64Array(width);
    rows.forEach((row, i) => {
      const weight = weights ? weights[i]! : 1;
      const z = linear(row, coefficients);
      value += weight * (softplus(z) - targets[i]! * z);
      const residual = weight * (sigmoid(z) - targets[i]!);
      for (let j = 0; j < width; j++) gradient[j]! += residual * row[j]!;
    });
    for (let j = 0; j < width; j++) {
      value += (l2 / 2) * coefficients[j]! ** 2;
      gradient[j]! += l2 * coefficients[j]!;
    }
    return { value, gradient };
  }, new Float64Array(width));
  return { coefficients: point, converged, iterations };
}

/** The logit of a row: its features times the coefficients. */
export function linear(row: ArrayLike<number>, coefficients: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < coefficients.length; j++) sum += row[j]! * coefficients[j]!;
  return sum;
}

/** 1 / (1 + e^-z). */
export function sigmoid(z: number): number {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

/** log(1 + e^z), without overflow. */
export function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}
