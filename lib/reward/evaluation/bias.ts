import { logLengthIndex, sideFeatureNames } from "@/lib/encoders/side-features";
import type { TrainingData, TrainingPair } from "../training/data";
import type { RewardModel } from "../training/score";
import type { Bias } from "./schema";

/**
 * What rewards owe to length and format: correlations of margins with the differences of side features within test pairs
 * (rewards themselves have no common zero across prompts), and what the nuisance branch gives for length.
 */
export function measureBias(given: {
  pairs: readonly TrainingPair[];
  sides: TrainingData["sides"];
  margins: Record<"withSides" | "withoutSides", ArrayLike<number>>;
  model: Pick<RewardModel, "values" | "temperatures" | "shape">;
}): Bias {
  const { pairs, sides, margins, model } = given;
  const features = sideFeatureNames.map((name, j) => {
    const differences = pairs.map(({ first, second }) => sides[first]![j]! - sides[second]![j]!);
    return {
      name,
      withSides: correlation(margins.withSides, differences),
      withoutSides: correlation(margins.withoutSides, differences),
    };
  });
  const { members, sides: width } = model.shape;
  const weights = Array.from({ length: members }, (_, k) => Number(model.values.ws.data[k * width + logLengthIndex]));
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / members;
  return { features, lengthCoefficient: mean / model.temperatures.withSides };
}

/** Pearson's correlation; null where one of the two does not vary. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const mean = (values: ArrayLike<number>): number =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, squaresA, squaresB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - meanA, b[i]! - meanB];
    both += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  return squaresA > 0 && squaresB > 0 ? both / Math.sqrt(squaresA * squaresB) : null;
}
