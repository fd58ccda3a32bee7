import { cholesky, inverseCholesky, solveCholesky } from "./cholesky";

export type RidgeFit = { intercept: number; weights: Float64Array; alpha: number };

/**
 * Linear regression whose weights are drawn to 0: minimises |y - a - X w|^2 + alpha |w s|^2 with the intercept and the
 * weights of the first `free` columns free, where s_j is the standard deviation of what column j has beyond the free ones,
 * so that the units of columns do not matter. Of several alphas the one with the least squared error of rows left out
 * counts, in closed form e_i / (1 - h_i) (PRESS; Allen 1974), the first of equals. A column that says nothing beyond the
 * free ones has the weight 0. Needs more rows than free columns.
 */
export function fitRidge(given: {
  rows: readonly ArrayLike<number>[];
  targets: ArrayLike<number>;
  alphas: readonly number[];
  free?: number;
}): RidgeFit {
  const { rows, targets, alphas, free = 0 } = given;
  const width = rows[0]!.length;
  const basis = basisOf([new Float64Array(rows.length).fill(1), ...columnsOf(rows, 0, free)]);
  const y = beyond(basis, Float64Array.from(targets));
  const kept: { column: number; scale: number; values: Float64Array }[] = [];
  columnsOf(rows, free, width).forEach((column, i) => {
    const values = beyond(basis, column);
    const scale = Math.sqrt(dot(values, values) / rows.length);
    if (scale > 1e-9) kept.push({ column: free + i, scale, values: values.map((value) => value / scale) });
  });
  const x = kept.map(({ values }) => values);
  const { scaled, alpha } = solve({ x, y, basis, alphas });
  const weights = new Float64Array(width);
  kept.forEach(({ column, scale }, i) => (weights[column] = scaled[i]! / scale));
  return { ...withFree({ rows, targets, weights, free }), alpha };
}

/** Adds intercept and weights of the free columns: least squares of what the others leave. */
function withFree(given: {
  rows: readonly ArrayLike<number>[];
  targets: ArrayLike<number>;
  weights: Float64Array;
  free: number;
}): { intercept: number; weights: Float64Array } {
  const { rows, targets, weights, free } = given;
  const rest = rows.map((row, i) => targets[i]! - dot(weights, row));
  const columns = [new Float64Array(rows.length).fill(1), ...columnsOf(rows, 0, free)];
  const n = columns.length;
  const gram = Float64Array.from({ length: n * n }, (_, at) => dot(columns[Math.floor(at / n)]!, columns[at % n]!));
  // A trace of a penalty decides between free columns that say the same.
  for (let i = 1; i < n; i++) gram[i * n + i]! += 1e-9 * rows.length;
  const right = columns.map((column) => dot(column, rest));
  const [intercept, ...freeWeights] = solveCholesky(cholesky(gram, n)!, n, right);
  return { intercept: intercept!, weights: weights.map((weight, j) => freeWeights[j] ?? weight) };
}

/** The weights of columns that are centred and scaled, and the alpha that was best. */
function solve(given: {
  x: readonly Float64Array[];
  y: Float64Array;
  basis: readonly Float64Array[];
  alphas: readonly number[];
}): { scaled: Float64Array; alpha: number } {
  const { x, y, basis, alphas } = given;
  const n = x.length;
  const gram = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) gram[i * n + j] = dot(x[i]!, x[j]!);
  const right = x.map((column) => dot(column, y));
  let best: { scaled: Float64Array; alpha: number; error: number } = {
    scaled: new Float64Array(n),
    alpha: alphas[0]!,
    error: Infinity,
  };
  for (const alpha of alphas) {
    const penalised = gram.slice();
    for (let i = 0; i < n; i++) penalised[i * n + i]! += alpha;
    const lower = cholesky(penalised, n);
    if (!lower) continue;
    const scaled = solveCholesky(lower, n, right);
    const error = alphas.length === 1 ? 0 : errorLeftOut({ x, y, basis, scaled, inverse: inverseCholesky(lower, n) });
    if (error < best.error) best = { scaled, alpha, error };
  }
  return best;
}

/** The sum of squares of e_i / (1 - h_i), h the leverages of the free columns and of the others under the penalty. */
function errorLeftOut(given: {
  x: readonly Float64Array[];
  y: Float64Array;
  basis: readonly Float64Array[];
  scaled: Float64Array;
  inverse: Float64Array;
}): number {
  const { x, y, basis, scaled, inverse } = given;
  const n = x.length;
  const row = new Float64Array(n);
  let error = 0;
  for (let i = 0; i < y.length; i++) {
    for (let j = 0; j < n; j++) row[j] = x[j]![i]!;
    let leverage = basis.reduce((sum, each) => sum + each[i]! ** 2, 0);
    let fitted = 0;
    for (let j = 0; j < n; j++) {
      fitted += scaled[j]! * row[j]!;
      let below = 0;
      for (let k = 0; k < j; k++) below += inverse[j * n + k]! * row[k]!;
      leverage += row[j]! * (2 * below + inverse[j * n + j]! * row[j]!);
    }
    error += ((y[i]! - fitted) / Math.max(1 - leverage, 1e-9)) ** 2;
  }
  return error;
}

/** An orthonormal basis of columns, by Gram and Schmidt. */
function basisOf(columns: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const column of columns) {
    const rest = beyond(basis, column);
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-9) basis.push(rest.map((value) => value / length));
  }
  return basis;
}

/** What a column has that the basis does not tell. */
function beyond(basis: readonly Float64Array[], column: Float64Array): Float64Array {
  const rest = column.slice();
  for (const each of basis) {
    const share = dot(each, rest);
    for (let i = 0; i < rest.length; i++) rest[i]! -= share * each[i]!;
  }
  return rest;
}

function columnsOf(rows: readonly ArrayLike<number>[], from: number, to: number): Float64Array[] {
  return Array.from({ length: to - from }, (_, j) => {
    const column = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) column[i] = rows[i]![from + j]!;
    return column;
  });
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
