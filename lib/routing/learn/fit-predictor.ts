import { fitBoostedTrees } from "@/lib/stats/boosted-trees";
import { fitRidge } from "@/lib/stats/ridge";
import type { Predictor, PredictorKind } from "./schema";

const alphas = [0.1, 1, 10, 100, 1000];

/** Shares among which the quadratic predictor multiplies each with each. */
const strongest = 15;

/**
 * Fits what foresees the held-out log-likelihood of a mix from its shares `z` ([0] in all, then of each column). "linear" is
 * a ridge regression in which the total share is free, so that the weight of a column is what its human labels change
 * beyond their number; "quadratic" adds the products of the 15 strongest shares, the total among them.
 */
export function fitPredictor(
  kind: PredictorKind,
  { z, targets }: { z: readonly ArrayLike<number>[]; targets: ArrayLike<number> },
): Predictor {
  switch (kind) {
    case "share": {
      const { intercept, weights } = fitRidge({ rows: z.map((own) => [own[0]!]), targets, alphas: [0], free: 1 });
      return { kind, intercept, weight: weights[0]! };
    }
    case "linear": {
      const { intercept, weights } = fitRidge({ rows: z, targets, alphas, free: 1 });
      return { kind, intercept, weights: Array.from(weights) };
    }
    case "quadratic":
      return fitQuadratic(z, targets);
    case "trees":
      return { kind, ...fitBoostedTrees({ rows: z, targets }) };
  }
}

/** The weights of the linear predictor under a given penalty: what `linearAlpha` found, on mixes drawn again. */
export function linearWeights(
  z: readonly ArrayLike<number>[],
  targets: ArrayLike<number>,
  alpha: number,
): Float64Array {
  return fitRidge({ rows: z, targets, alphas: [alpha], free: 1 }).weights;
}

export function linearAlpha(z: readonly ArrayLike<number>[], targets: ArrayLike<number>): number {
  return fitRidge({ rows: z, targets, alphas, free: 1 }).alpha;
}

function fitQuadratic(z: readonly ArrayLike<number>[], targets: ArrayLike<number>): Predictor {
  const width = z[0]!.length;
  const { weights } = fitRidge({ rows: z, targets, alphas, free: 1 });
  const strengths = Array.from(weights, (weight, i) => Math.abs(weight) * spreadOf(z, i));
  const columns = Array.from({ length: width - 1 }, (_, i) => i + 1).sort((a, b) => strengths[b]! - strengths[a]!);
  const chosen = [0, ...columns.slice(0, strongest - 1)].sort((a, b) => a - b);
  const products = chosen.flatMap((i, at) => chosen.slice(at).map((j): [number, number] => [i, j]));
  const rows = z.map((own) => [...Array.from(own), ...products.map(([i, j]) => own[i]! * own[j]!)]);
  const fit = fitRidge({ rows, targets, alphas, free: 1 });
  return {
    kind: "quadratic",
    intercept: fit.intercept,
    weights: Array.from(fit.weights.subarray(0, width)),
    products: products.map(([i, j], at) => [i, j, fit.weights[width + at]!]),
  };
}

function spreadOf(z: readonly ArrayLike<number>[], column: number): number {
  const mean = z.reduce((sum, own) => sum + own[column]!, 0) / z.length;
  return Math.sqrt(z.reduce((sum, own) => sum + (own[column]! - mean) ** 2, 0) / z.length);
}
