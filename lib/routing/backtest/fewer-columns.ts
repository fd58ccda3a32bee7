import { cholesky } from "@/lib/stats/cholesky";

/** What is added to the diagonal, of its mean: the product of rows that are alike has no full rank. */
const jitter = 1e-6;

/**
 * Rows with as many columns as there are rows, if these are fewer, and the same products with each other: the Cholesky
 * factor of X X'. Linear models with an l2 penalty see nothing of their vectors but such products, so they are the same
 * models, and those with a hidden layer see them turned; but what takes the cube of the width takes the cube of the rows.
 */
export function fewerColumns(vectors: Float32Array, width: number): { vectors: Float32Array; width: number } {
  const rows = vectors.length / width;
  if (rows >= width) return { vectors, width };
  const products = new Float64Array(rows * rows);
  let trace = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += vectors[i * width + k]! * vectors[j * width + k]!;
      products[i * rows + j] = products[j * rows + i] = sum;
    }
    trace += products[i * rows + i]!;
  }
  const ridge = jitter * Math.max(trace / rows, Number.MIN_VALUE);
  for (let i = 0; i < rows; i++) products[i * rows + i]! += ridge;
  const factor = cholesky(products, rows);
  return factor ? { vectors: Float32Array.from(factor), width: rows } : { vectors, width };
}
