import { logLengthIndex } from "@/lib/encoders/side-features";
import { areaUnderRoc } from "@/lib/stats/auc";
import { meanByGroup, type Estimate } from "@/lib/stats/bootstrap";
import {
  brierScore,
  calibratedBand,
  expectedCalibrationError,
  logLoss,
  reliabilityBins,
  type ReliabilityBin,
} from "@/lib/stats/calibration";
import { correlation } from "@/lib/stats/correlation";
import { sigmoid } from "@/lib/stats/logistic";
import { isDecided, outcomeOf, type TrainingPair } from "./data";
import { streamFor } from "./sampling";

export const baselines = ["majority", "longerWins", "sideFeaturesOnly"] as const;

export type Baseline = (typeof baselines)[number];

/** Test pairs with what each predictor says of them: margins, positive for the first completion. */
export type Predicted = {
  pairs: readonly TrainingPair[];
  /** Log length of the first completion less that of the second. */
  logLengthRatios: ArrayLike<number>;
  margins: Record<"withSides" | "withoutSides" | Baseline, ArrayLike<number>>;
};

/** Figures of one kind of reward on the test pairs. Estimates are null without pairs to make them from. */
export type RewardMetrics = {
  /** Share of the pairs without ties in which the preferred completion has the higher reward; equal rewards count half. */
  accuracy: Estimate | null;
  /** The same where the lengths are within a tenth of each other: what is left when length cannot help. */
  accuracyAtSimilarLength: Estimate | null;
  /** Accuracy less that of each baseline on the same pairs. */
  advantage: Record<Baseline, Estimate | null>;
  /** With ties as half of each outcome. Null without pairs. */
  logLoss: number | null;
  brier: number | null;
  auc: number | null;
  calibration: {
    error: number | null;
    /** Where the error of a perfectly calibrated model lies on as many pairs (95 %). */
    band: [low: number, high: number];
    /** The error is no larger than chance makes it. */
    isWithinBand: boolean;
    bins: ReliabilityBin[];
  };
};

export type Evaluation = {
  /** Test pairs without ties, ties, and prompt groups of both. */
  pairs: number;
  ties: number;
  prompts: number;
  withSides: RewardMetrics;
  withoutSides: RewardMetrics;
  baselines: Record<Baseline, Estimate | null>;
};

/** Measures the rewards and the baselines on the test pairs, with 95 % intervals from drawing prompt groups again. */
export function evaluate({ pairs, logLengthRatios, margins }: Predicted, seed: number): Evaluation {
  const decided = pairs.flatMap((pair, i) => (isDecided(pair) ? [i] : []));
  const estimate = (values: (i: number) => number, places: readonly number[] = decided): Estimate | null =>
    meanByGroup(
      places.map(values),
      places.map((i) => pairs[i]!.group),
      { random: streamFor(seed, "evaluation") },
    );
  const credit =
    (predictor: keyof Predicted["margins"]) =>
    (i: number): number =>
      creditOf(margins[predictor][i]!, outcomeOf(pairs[i]!));
  const byBaseline = (value: (baseline: Baseline) => Estimate | null): Record<Baseline, Estimate | null> => ({
    majority: value("majority"),
    longerWins: value("longerWins"),
    sideFeaturesOnly: value("sideFeaturesOnly"),
  });

  const metrics = (kind: "withSides" | "withoutSides"): RewardMetrics => ({
    accuracy: estimate(credit(kind)),
    accuracyAtSimilarLength: estimate(
      credit(kind),
      decided.filter((i) => Math.abs(logLengthRatios[i]!) < 0.1),
    ),
    advantage: byBaseline((baseline) => estimate((i) => credit(kind)(i) - credit(baseline)(i))),
    ...probabilityMetrics(pairs, margins[kind], seed),
  });
  return {
    pairs: decided.length,
    ties: pairs.length - decided.length,
    prompts: new Set(pairs.map(({ group }) => group)).size,
    withSides: metrics("withSides"),
    withoutSides: metrics("withoutSides"),
    baselines: byBaseline((baseline) => estimate(credit(baseline))),
  };
}

/** 1 where the margin points to the preferred completion, 0 where to the other, a half where it points to neither. */
export function creditOf(margin: number, outcome: number): number {
  if (margin === 0) return 0.5;
  return margin > 0 === outcome > 0.5 ? 1 : 0;
}

/** Log length of the first completion less that of the second. */
export function logLengthRatio({ first, second }: TrainingPair, sides: readonly (readonly number[])[]): number {
  return sides[first]![logLengthIndex]! - sides[second]![logLengthIndex]!;
}

/**
 * Mean correlation (Pearson) of the rewards of two members over completions, over all pairs of members. Above .98 the
 * ensemble is one model. A member that gives every completion the same reward correlates with none and is left out; null
 * where fewer than two remain.
 */
export function memberCorrelation(members: readonly ArrayLike<number>[]): number | null {
  const correlations = members
    .flatMap((a, i) => members.slice(i + 1).map((b) => correlation(a, b)))
    .filter(Number.isFinite);
  if (correlations.length === 0) return null;
  return correlations.reduce((sum, value) => sum + value, 0) / correlations.length;
}

function probabilityMetrics(
  pairs: readonly TrainingPair[],
  margins: ArrayLike<number>,
  seed: number,
): Pick<RewardMetrics, "logLoss" | "brier" | "auc" | "calibration"> {
  const outcomes = pairs.map(outcomeOf);
  const probabilities = Array.from(margins, sigmoid);
  const predictions = { probabilities, outcomes };
  const isEmpty = pairs.length === 0;
  const error = isEmpty ? null : expectedCalibrationError(predictions);
  const band = calibratedBand(probabilities, { random: streamFor(seed, "evaluation", 1) });
  const decided = pairs.flatMap((pair, i) => (isDecided(pair) ? [i] : []));
  return {
    logLoss: isEmpty ? null : logLoss(margins, outcomes),
    brier: isEmpty ? null : brierScore(predictions),
    auc: areaUnderRoc(
      decided.map((i) => margins[i]!),
      decided.map((i) => outcomes[i] === 1),
    ),
    calibration: { error, band, isWithinBand: error !== null && error <= band[1], bins: reliabilityBins(predictions) },
  };
}
