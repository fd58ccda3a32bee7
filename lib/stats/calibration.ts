import { sigmoid, softplus } from "./logistic";
import type { Random } from "./random";

/**
 * Predictions of comparisons: `probabilities` that the first completion is preferred, and `outcomes`: 1 where it was,
 * 0 where the second was, .5 for a tie, or the share of labels for the first.
 *
 * Sides must have been drawn at random, or by hash: where the chosen completion always stands first, every figure here
 * is meaningless.
 */
export type Predictions = { probabilities: ArrayLike<number>; outcomes: ArrayLike<number> };

/** One bin of a reliability diagram. Confidence is the probability of the more probable side, so at least .5. */
export type ReliabilityBin = {
  from: number;
  to: number;
  count: number;
  /** Means over the bin; 0 in an empty one. */
  confidence: number;
  accuracy: number;
};

/** Uniform bins of the confidence over [0, 1]; with two outcomes those below .5 stay empty. */
export function reliabilityBins({ probabilities, outcomes }: Predictions, bins = 10): ReliabilityBin[] {
  const counts = new Float64Array(bins);
  const confidences = new Float64Array(bins);
  const hits = new Float64Array(bins);
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i]!;
    const confidence = Math.max(p, 1 - p);
    const bin = Math.min(bins - 1, Math.floor(confidence * bins));
    counts[bin]!++;
    confidences[bin]! += confidence;
    hits[bin]! += p >= 0.5 ? outcomes[i]! : 1 - outcomes[i]!;
  }
  return Array.from(counts, (count, bin) => ({
    from: bin / bins,
    to: (bin + 1) / bins,
    count,
    confidence: count > 0 ? confidences[bin]! / count : 0,
    accuracy: count > 0 ? hits[bin]! / count : 0,
  }));
}

/** sum_b n_b / n |accuracy_b - confidence_b| over the reliability bins. 0 for no predictions. */
export function expectedCalibrationError(predictions: Predictions, bins = 10): number {
  const n = predictions.probabilities.length;
  return reliabilityBins(predictions, bins).reduce(
    (sum, { count, confidence, accuracy }) => (count > 0 ? sum + (count / n) * Math.abs(accuracy - confidence) : sum),
    0,
  );
}

/**
 * The middle 95 % of the calibration errors that a perfectly calibrated model would show by chance with these
 * probabilities: outcomes are drawn from them `rounds` times. Few predictions make the error large by themselves; an
 * error above the band is more than that.
 */
export function calibratedBand(
  probabilities: ArrayLike<number>,
  { random, bins = 10, rounds = 1000 }: { random: Random; bins?: number; rounds?: number },
): [number, number] {
  if (probabilities.length === 0) return [0, 0];
  const outcomes = new Float64Array(probabilities.length);
  const errors = Float64Array.from({ length: rounds }, () => {
    for (let i = 0; i < outcomes.length; i++) outcomes[i] = random() < probabilities[i]! ? 1 : 0;
    return expectedCalibrationError({ probabilities, outcomes }, bins);
  }).sort();
  return [errors[Math.floor(0.025 * rounds)]!, errors[Math.ceil(0.975 * rounds) - 1]!];
}

/** mean (p - y)^2; NaN for no predictions. */
export function brierScore({ probabilities, outcomes }: Predictions): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) sum += (probabilities[i]! - outcomes[i]!) ** 2;
  return sum / probabilities.length;
}

/**
 * The mean of -y log sigma(D/T) - (1-y) log sigma(-D/T) in nats, with D the margins: reward of the first completion less
 * that of the second. From margins and not probabilities, so that a sure mistake is large and not infinite. NaN for none.
 */
export function logLoss(margins: ArrayLike<number>, outcomes: ArrayLike<number>, temperature = 1): number {
  let sum = 0;
  for (let i = 0; i < margins.length; i++) {
    const z = margins[i]! / temperature;
    sum += softplus(z) - outcomes[i]! * z;
  }
  return sum / margins.length;
}

/**
 * Temperature scaling of logits of yes: the scale b that minimises the loss of b z + o, with an offset o that is the logit
 * where z tells nothing. Within the range of `fitTemperature`'s 1/T; 1 where all logits are 0 or there are none.
 */
export function fitScale(given: { logits: ArrayLike<number>; outcomes: ArrayLike<number>; offset?: number }): number {
  const { logits, outcomes, offset = 0 } = given;
  if (!Array.from(logits).some((logit) => logit !== 0)) return 1;
  return scaleWhereFlat((scale) => {
    let sum = 0;
    for (let i = 0; i < logits.length; i++) sum += (sigmoid(scale * logits[i]! + offset) - outcomes[i]!) * logits[i]!;
    return sum;
  });
}

/**
 * Temperature scaling of probabilities of categories: the b for which p_j^b, scaled to sum to 1, has the least loss
 * -sum_j t_j log p_j over rows with shares t. Within the same range; 1 without rows.
 */
export function fitPower(probabilities: readonly ArrayLike<number>[], shares: readonly ArrayLike<number>[]): number {
  if (probabilities.length === 0) return 1;
  const logs = probabilities.map((row) => Array.from(row, (p) => Math.log(Math.max(p, 1e-12))));
  return scaleWhereFlat((power) =>
    logs.reduce((total, row, i) => {
      const highest = Math.max(...row);
      const powers = row.map((each) => Math.exp(power * (each - highest)));
      const sum = powers.reduce((a, b) => a + b);
      return total + row.reduce((slope, each, j) => slope + (powers[j]! / sum - shares[i]![j]!) * each, 0);
    }, 0),
  );
}

/** The range of temperatures: outside of it, margins have no usable scale. */
const temperatureRange = { lowest: 0.05, highest: 20 };

/**
 * Temperature scaling (Guo et al., "On calibration of modern neural networks"): the T that minimises `logLoss`. The
 * loss is convex in 1/T, so its slope is bisected. Where every margin is right, or too many are wrong, the loss has no
 * minimum and the nearer end of [.05, 20] is returned; 1 where all margins are 0 or there are none.
 */
export function fitTemperature(margins: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  return 1 / fitScale({ logits: margins, outcomes });
}

/** Where the slope of a convex loss in a scale is 0, or the nearer end of the range. */
function scaleWhereFlat(slope: (scale: number) => number): number {
  let low = Math.log(1 / temperatureRange.highest);
  let high = Math.log(1 / temperatureRange.lowest);
  if (slope(Math.exp(low)) >= 0) return 1 / temperatureRange.highest;
  if (slope(Math.exp(high)) <= 0) return 1 / temperatureRange.lowest;
  // 60 halvings of a width of 6 reach the last digit of a double.
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (slope(Math.exp(middle)) < 0) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
