/**
 * L of A = L L' for a symmetric positive definite A of n rows, row by row, of which the lower triangle is read. Null where
 * a pivot is not positive: A is not positive definite, or not to the precision of its numbers.
 */
export function cholesky(matrix: ArrayLike<number>, n: number): Float64Array | null {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const sum = matrix[i * n + j]! - products(lower, i * n, lower, j * n, j);
      if (i !== j) lower[i * n + j] = sum / lower[j * n + j]!;
      else if (sum > 0) lower[i * n + i] = Math.sqrt(sum);
      else return null;
    }
  }
  return lower;
}

/** x of L L' x = b: forward, then backward. */
export function solveCholesky(lower: Float64Array, n: number, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i * n + k]! * x[k]!;
    x[i]! /= lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    x[i]! /= lower[i * n + i]!;
    for (let k = 0; k < i; k++) x[k]! -= lower[i * n + k]! * x[i]!;
  }
  return x;
}

/** The inverse of L L', row by row, by solving for the columns of the identity. */
export function inverseCholesky(lower: Float64Array, n: number): Float64Array {
  // Row i of `inverse` becomes column i of L^-1, which starts at its diagonal.
  const columns = new Float64Array(n * n);
  for (let column = 0; column < n; column++) {
    const own = columns.subarray(column * n, (column + 1) * n);
    own[column] = 1 / lower[column * n + column]!;
    for (let i = column + 1; i < n; i++) {
      own[i] = -products(lower, i * n + column, own, column, i - column) / lower[i * n + i]!;
    }
  }
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const sum = products(columns, i * n + i, columns, j * n + i, n - i);
      inverse[i * n + j] = inverse[j * n + i] = sum;
    }
  }
  return inverse;
}

/**
 * The sum of so many products of neighbours, from a place in each list on. Four sums side by side take half the time of
 * one, in which every addition waits for the one before.
 */
function products(a: Float64Array, atA: number, b: Float64Array, atB: number, count: number): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let i = atA;
  let j = atB;
  for (const end = atA + count - (count % 4); i < end; i += 4, j += 4) {
    first += a[i]! * b[j]!;
    second += a[i + 1]! * b[j + 1]!;
    third += a[i + 2]! * b[j + 2]!;
    fourth += a[i + 3]! * b[j + 3]!;
  }
  for (const end = atA + count; i < end; i++, j++) first += a[i]! * b[j]!;
  return first + second + (third + fourth);
}
