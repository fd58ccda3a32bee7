import type { Random } from "./random";
import { selectiveThreshold } from "./selective-risk";

/** How `selectiveThreshold` does where the truth is known. Shares of the repetitions, and means over them. */
export type SelectiveTrial = {
  /** The true risk from the chosen confidence on is above alpha: what must not happen more often than delta. */
  violations: number;
  /** No confidence was chosen, so that all labels are people's. */
  abstention: number;
  /** Share of labels that are accepted, 0 where none was chosen. */
  coverage: number;
  /** True risk of what is accepted, over the repetitions that chose a confidence; null where none did. */
  risk: number | null;
};

/** Points at which the true risk is averaged over confidences. */
const steps = 1000;

/**
 * Repeats the choice of a confidence on samples of a judge whose errors are known: confidences are uniform over [0, 1],
 * and a label of confidence c is wrong with probability `errorAt(c)`. The true risk from t on is the mean of that over
 * [t, 1].
 */
export function trySelectiveRisk(given: {
  repetitions: number;
  labels: number;
  alpha: number;
  delta: number;
  errorAt: (confidence: number) => number;
  random: Random;
}): SelectiveTrial {
  const { repetitions, labels, alpha, delta, errorAt, random } = given;
  let [violations, chosen, coverage, risk] = [0, 0, 0, 0];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const confidences = Float64Array.from({ length: labels }, random);
    const correct = Array.from(confidences, (confidence) => random() >= errorAt(confidence));
    const found = selectiveThreshold({ confidences, correct, alpha, delta });
    if (found.confidence === null) continue;
    const truth = riskFrom(found.confidence, errorAt);
    chosen++;
    violations += Number(truth > alpha);
    coverage += found.coverage;
    risk += truth;
  }
  return {
    violations: violations / repetitions,
    abstention: 1 - chosen / repetitions,
    coverage: coverage / repetitions,
    risk: chosen === 0 ? null : risk / chosen,
  };
}

function riskFrom(threshold: number, errorAt: (confidence: number) => number): number {
  let sum = 0;
  for (let i = 0; i < steps; i++) sum += errorAt(threshold + ((i + 0.5) / steps) * (1 - threshold));
  return sum / steps;
}
