import { fitTemperature } from "./calibration";

/** How sure somebody was of answers, 0 to 1, and whether these were right. */
export type Confidences = { confidences: ArrayLike<number>; isRight: ArrayLike<boolean> };

export type ConfidenceBin = {
  from: number;
  to: number;
  count: number;
  /** Mean, 0 in an empty bin. */
  confidence: number;
  /** Share that was right, 0 in an empty bin. */
  accuracy: number;
};

/** Logits of confidences beyond this are infinite, or as good as. */
const surest = 0.99;

/**
 * Reliability of answers of any number of kinds, in uniform bins of the confidence over [0, 1]. Unlike
 * `reliabilityBins`, which is of probabilities of one of two sides, a confidence below one half stays what it is.
 */
export function confidenceBins({ confidences, isRight }: Confidences, bins = 10): ConfidenceBin[] {
  const counts = new Float64Array(bins);
  const sums = new Float64Array(bins);
  const hits = new Float64Array(bins);
  for (let i = 0; i < confidences.length; i++) {
    const bin = Math.min(bins - 1, Math.floor(confidences[i]! * bins));
    counts[bin]!++;
    sums[bin]! += confidences[i]!;
    hits[bin]! += Number(isRight[i]!);
  }
  return Array.from(counts, (count, bin) => ({
    ...{ from: bin / bins, to: (bin + 1) / bins, count },
    confidence: count > 0 ? sums[bin]! / count : 0,
    accuracy: count > 0 ? hits[bin]! / count : 0,
  }));
}

/** Expected calibration error: sum_b n_b / n |accuracy_b - confidence_b|. 0 for no answers. */
export function confidenceError(given: Confidences, bins = 10): number {
  return confidenceBins(given, bins).reduce(
    (sum, { count, confidence, accuracy }) =>
      count === 0 ? sum : sum + (count / given.confidences.length) * Math.abs(accuracy - confidence),
    0,
  );
}

/**
 * The temperature T that makes sigma(logit(c) / T) fit best how often answers of confidence c are right (Guo et al. 2017).
 * Above 1: too sure. Confidences are kept within [.01, .99].
 */
export function confidenceTemperature({ confidences, isRight }: Confidences): number {
  return fitTemperature(Array.from(confidences, logit), Array.from(isRight, Number));
}

/** A confidence as a temperature has it. */
export function temper(confidence: number, temperature: number): number {
  return 1 / (1 + Math.exp(-logit(confidence) / temperature));
}

function logit(confidence: number): number {
  const within = Math.min(surest, Math.max(1 - surest, confidence));
  return Math.log(within / (1 - within));
}
