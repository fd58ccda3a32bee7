import type { TrainingPair } from "../training/data";
import type { NoiseTreatment } from "./schema";
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

/** Whether a treatment goes by votes, which then have to be taken before the training. */
export const needsVotes = ({ kind }: NoiseTreatment): boolean => kind === "soft" || kind === "flip" || kind === "drop";
