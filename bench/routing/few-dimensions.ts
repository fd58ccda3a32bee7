import { writeDense, type FeatureVector } from "@/lib/encoders/sparse";
import { AppError } from "@/lib/errors";
import { cholesky } from "@/lib/stats/cholesky";

/** Of a vector's length: keeps texts that say the same from making the Gram matrix singular. */
const jitter = 1e-6;

/**
 * The same vectors turned into as many dimensions as there are vectors, where these are fewer: rows of L with L L' = V V'.
 * Lengths and angles stay, and with them whatever a linear model with an l2 penalty makes of the vectors, which takes
 * longer the more dimensions it has.
 */
export function inFewDimensions(
  vectors: readonly FeatureVector[],
  width: number,
): { vectors: readonly FeatureVector[]; width: number } {
  const count = vectors.length;
  if (count >= width) return { vectors, width };
  const dense = vectors.map((vector) => {
    const row = new Float32Array(width);
    writeDense(vector, row, 0, width);
    return row;
  });
  const gram = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? jitter : 0;
      for (let k = 0; k < width; k++) sum += dense[i]![k]! * dense[j]![k]!;
      gram[i * count + j] = sum;
    }
  }
  const lower = cholesky(gram, count);
  if (!lower) throw new AppError("internal", "The vectors of the texts have no Gram matrix that can be factored.");
  const rows = Array.from({ length: count }, (_, i) => Float32Array.from(lower.subarray(i * count, (i + 1) * count)));
  return { vectors: rows, width: count };
}
