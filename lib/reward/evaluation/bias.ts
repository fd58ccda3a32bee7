import { logLengthIndex, sideFeatureNames } from "@/lib/encoders/side-features";
import { correlation } from "@/lib/stats/correlation";
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
      withSides: finite(correlation(margins.withSides, differences)),
      withoutSides: finite(correlation(margins.withoutSides, differences)),
    };
  });
  const { members, sides: width } = model.shape;
  const weights = Array.from({ length: members }, (_, k) => Number(model.values.ws.data[k * width + logLengthIndex]));
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / members;
  return { features, lengthCoefficient: mean / model.temperatures.withSides };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
