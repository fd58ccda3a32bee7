import { AppError } from "@/lib/errors";
import type { StepAggregation } from "./schema";

/**
 * One score of a text from the probabilities p_t in [0, 1] that its steps are good:
 *
 *     min  min_t p_t      product  prod_t p_t      mean  1/n sum_t p_t      last  p_n
 *     soft-min  sum_t w_t p_t,  w = softmax(-p / T)
 *
 * Soft-min is the credit of PURE (Cheng et al., "Stop summation: min-form credit assignment is all process reward model
 * needs for reasoning"): the mean for a large T, the minimum as T goes to 0. Null for no steps.
 */
export function aggregateSteps(
  good: readonly number[],
  by: StepAggregation,
  { temperature = 0.1 }: { temperature?: number } = {},
): number | null {
  if (good.length === 0) return null;
  switch (by) {
    case "min":
      return good.reduce((least, p) => Math.min(least, p), 1);
    case "soft-min":
      return softMin(good, temperature);
    case "product":
      return good.reduce((product, p) => product * p, 1);
    case "mean":
      return good.reduce((sum, p) => sum + p, 0) / good.length;
    case "last":
      return good.at(-1)!;
  }
}

function softMin(good: readonly number[], temperature: number): number {
  if (!(temperature > 0))
    throw new AppError("internal", `A soft minimum needs a temperature above 0, not ${temperature}.`);
  const least = good.reduce((lowest, p) => Math.min(lowest, p), 1);
  // Less the lowest, so that no exponential overflows.
  const weights = good.map((p) => Math.exp((least - p) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return good.reduce((sum, p, t) => sum + weights[t]! * p, 0) / total;
}
