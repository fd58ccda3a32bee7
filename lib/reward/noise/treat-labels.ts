import type { TrainingPair } from "../training/data";
import type { LearningSettings, NoiseTreatment } from "./schema";
import type { Judged } from "./wrong-labels";

/**
 * The pairs as they are to be learned. Training pairs alone are treated, so that validation, calibration and test go by
 * the labels that people gave. A target is p = .5 + .45 s, so a label that is wrong with probability a, whose target is
 * (1-a) p + a (1-p), is one of strength (1 - 2a) s: smoothing makes strengths smaller, flipping turns them round. A
 * dropped pair weighs 0. The order stays, that of `judged`; pairs that are not treated are the same objects.
 */
export function treatLabels(
  pairs: readonly TrainingPair[],
  judged: readonly (Judged | null)[],
  treatment: NoiseTreatment,
): TrainingPair[] {
  return pairs.map((pair, i) => {
    if (pair.split !== "train" || treatment.kind === "none") return pair;
    if (treatment.kind === "smooth") return { ...pair, strength: (1 - 2 * treatment.share) * pair.strength };
    const votes = judged[i];
    if (!votes) return pair;
    if (treatment.kind === "soft") return { ...pair, strength: (1 - 2 * votes.wrong) * pair.strength };
    if (votes.wrong < treatment.certainty) return pair;
    return treatment.kind === "flip" ? { ...pair, strength: -pair.strength } : { ...pair, weight: 0 };
  });
}

/**
 * Training pairs whose loss is -log sigmoid(D - m) in place of -log sigmoid(D) (adaptive margins): m is the mean margin of
 * the votes, from the first to the second completion whatever the label says, over its standard deviation among all pairs.
 */
export function adaptMargins(
  pairs: readonly TrainingPair[],
  labelled: readonly TrainingPair[],
  judged: readonly (Judged | null)[],
): TrainingPair[] {
  const towardsFirst = judged.map((votes, i) => votes && Math.sign(labelled[i]!.strength) * votes.mu);
  const known = towardsFirst.filter((margin) => margin !== null);
  const mean = known.reduce((sum, margin) => sum + margin, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((sum, margin) => sum + (margin - mean) ** 2, 0) / known.length) || 1;
  return pairs.map((pair, i) => {
    const margin = towardsFirst[i];
    return pair.split !== "train" || margin == null ? pair : { ...pair, margin: margin / deviation };
  });
}

/** Whether the settings go by votes, which then have to be taken before the training. */
export const needsVotes = ({ noise: { kind }, adaptsMargins }: LearningSettings): boolean =>
  adaptsMargins || kind === "soft" || kind === "flip" || kind === "drop";
