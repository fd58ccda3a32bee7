import { predictBoosted } from "@/lib/stats/boosted-trees";
import type { Predictor } from "./schema";

/** How far to both sides of a share the slope of trees is measured: they are flat nearly everywhere else. */
const window = 0.25;

/** The held-out log-likelihood of a reward model, nats a pair, where people label these shares: z[0] in all, z[1 + c] with column c. */
export function predict(predictor: Predictor, z: ArrayLike<number>): number {
  switch (predictor.kind) {
    case "share":
      return predictor.intercept + predictor.weight * z[0]!;
    case "linear":
      return predictor.weights.reduce((sum, weight, i) => sum + weight * z[i]!, predictor.intercept);
    case "quadratic":
      return predictor.products.reduce(
        (sum, [i, j, weight]) => sum + weight * z[i]! * z[j]!,
        predictor.weights.reduce((sum, weight, i) => sum + weight * z[i]!, predictor.intercept),
      );
    case "trees":
      return predictBoosted(predictor, z);
  }
}

/**
 * What one more unit of each share changes at `z`: the partial derivatives, and of trees, which are steps, the difference
 * over a quarter to both sides within [0, 1], divided by its width.
 */
export function slopesAt(predictor: Predictor, z: ArrayLike<number>): Float64Array {
  const slopes = new Float64Array(z.length);
  if (predictor.kind === "share") {
    slopes[0] = predictor.weight;
  } else if (predictor.kind === "trees") {
    const moved = Float64Array.from(z);
    for (let i = 0; i < z.length; i++) {
      const [low, high] = [Math.max(0, z[i]! - window), Math.min(1, z[i]! + window)];
      const at = (share: number): number => {
        moved[i] = share;
        return predict(predictor, moved);
      };
      slopes[i] = (at(high) - at(low)) / (high - low);
      moved[i] = z[i]!;
    }
  } else {
    slopes.set(predictor.weights);
    if (predictor.kind === "linear") return slopes;
    for (const [i, j, weight] of predictor.products) {
      slopes[i]! += weight * z[j]!;
      slopes[j]! += weight * z[i]!;
    }
  }
  return slopes;
}
