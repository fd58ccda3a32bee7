import { fitLogistic, linear, sigmoid } from "./logistic";

export type Coefficient = { value: number; standardError: number; interval: [low: number, high: number] };

export type ClusteredFit = { coefficients: Coefficient[]; converged: boolean };

/** The 97.5 % quantile of the standard normal distribution. */
const z = 1.959963984540054;

/**
 * Logistic regression without an intercept (`fitLogistic`), with 95 % intervals that allow for rows of one group being
 * alike: the sandwich H^-1 M H^-1, H = sum_i p_i (1 - p_i) x_i x_i' + l2 I, M = G / (G - 1) sum_g s_g s_g', where s_g is
 * the sum of the scores (p_i - y_i) x_i of group g (Liang & Zeger 1986). Null with fewer than two groups, and where H
 * cannot be inverted because columns say the same.
 */
export function clusteredLogistic(given: {
  rows: readonly ArrayLike<number>[];
  width: number;
  targets: ArrayLike<number>;
  groups: ArrayLike<number>;
  l2: number;
}): ClusteredFit | null {
  const { rows, width, targets, groups, l2 } = given;
  // Of the mean, not the sum: else rounding keeps many rows from ever meeting the fit's tolerance.
  const weights = new Float64Array(rows.length).fill(1 / rows.length);
  const fit = fitLogistic({ rows, width, targets, weights, l2: l2 / rows.length });
  const hessian = square(width);
  const scores = new Map<number, Float64Array>();
  rows.forEach((row, i) => {
    const p = sigmoid(linear(row, fit.coefficients));
    let score = scores.get(groups[i]!);
    if (!score) scores.set(groups[i]!, (score = new Float64Array(width)));
    for (let j = 0; j < width; j++) {
      score[j]! += (p - targets[i]!) * row[j]!;
      for (let k = 0; k < width; k++) hessian[j]![k]! += p * (1 - p) * row[j]! * row[k]!;
    }
  });
  for (let j = 0; j < width; j++) hessian[j]![j]! += l2;
  const inverse = inverseOf(hessian);
  if (inverse === null || scores.size < 2) return null;
  const meat = square(width);
  for (const score of scores.values())
    for (let j = 0; j < width; j++) for (let k = 0; k < width; k++) meat[j]![k]! += score[j]! * score[k]!;
  const scale = scores.size / (scores.size - 1);
  const covariance = multiply(multiply(inverse, meat), inverse);
  const coefficients = Array.from(fit.coefficients, (value, j): Coefficient => {
    const standardError = Math.sqrt(Math.max(0, scale * covariance[j]![j]!));
    return { value, standardError, interval: [value - z * standardError, value + z * standardError] };
  });
  return { coefficients, converged: fit.converged };
}

type Matrix = Float64Array[];

function square(size: number): Matrix {
  return Array.from({ length: size }, () => new Float64Array(size));
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => Float64Array.from(b, (_, k) => row.reduce((sum, value, j) => sum + value * b[j]![k]!, 0)));
}

/** By Gauss and Jordan with the largest pivot; null where there is none. */
function inverseOf(matrix: Matrix): Matrix | null {
  const size = matrix.length;
  const work = matrix.map((row, i) =>
    Float64Array.from({ length: 2 * size }, (_, j) => (j < size ? row[j]! : Number(j - size === i))),
  );
  const largest = Math.max(...matrix.flatMap((row) => Array.from(row, Math.abs)));
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let i = column; i < size; i++) if (Math.abs(work[i]![column]!) > Math.abs(work[pivot]![column]!)) pivot = i;
    if (Math.abs(work[pivot]![column]!) <= 1e-12 * largest) return null;
    [work[column], work[pivot]] = [work[pivot]!, work[column]!];
    const divisor = work[column]![column]!;
    for (let j = 0; j < 2 * size; j++) work[column]![j]! /= divisor;
    for (let i = 0; i < size; i++) {
      const factor = work[i]![column]!;
      if (i !== column && factor !== 0) for (let j = 0; j < 2 * size; j++) work[i]![j]! -= factor * work[column]![j]!;
    }
  }
  return work.map((row) => row.slice(size));
}
