import { formatPercent } from "@/app/_components/ui/numbers";
import type { HeadMetrics } from "@/lib/reward/heads/schema";
import type { EstimateView } from "@/lib/reward/schema";

/** A figure of a head on the test labels, and what it should be compared with. */
type Figure = { name: string; ours: string; beside?: string };

/** A head of a version; `estimate` tells on how many labels it was tested. */
export type HeadRow = {
  name: string;
  hint: string;
  train: number | null;
  /** Negatives that comparisons with both bad made, beside the labels of its own. */
  derived?: number;
  estimate: EstimateView | null;
  figures: Figure[];
};

/** A row for each head of a version. */
export function headRows({ ties, rankings, ratings, binary, aspects, gate }: HeadMetrics): HeadRow[] {
  return [
    ...(ties ? [tiesRow(ties)] : []),
    ...(rankings ? [rankingsRow(rankings)] : []),
    ...ratings.map(ratingRow),
    ...binary.map(binaryRow),
    ...aspects.map(aspectRow),
    ...(gate ? [gateRow(gate)] : []),
  ];
}

function tiesRow({ nu, logLoss, baseLogLoss }: NonNullable<HeadMetrics["ties"]>): HeadRow {
  return {
    ...{ name: "Ties", hint: `An outcome of its own, nu ${nu.toFixed(2)}`, train: null, estimate: logLoss },
    figures: [{ name: "Log loss", ours: number(logLoss), beside: `${number(baseLogLoss)} by the shares alone` }],
  };
}

function rankingsRow({ train, accuracy, tau }: NonNullable<HeadMetrics["rankings"]>): HeadRow {
  return {
    ...{ name: "Rankings", hint: "Teach the overall reward", train, estimate: accuracy },
    figures: [
      { name: "Pairs in order", ours: percent(accuracy) },
      { name: "Kendall's tau", ours: number(tau) },
    ],
  };
}

function ratingRow(rating: HeadMetrics["ratings"][number]): HeadRow {
  const { question, aspect, train, spearman, error, medianError, kappa } = rating;
  return {
    ...{ name: `${question}, ${aspect}`, hint: "Rating", train, estimate: error },
    figures: [
      { name: "Rank correlation", ours: number(spearman) },
      { name: "Mean error", ours: number(error), beside: `${number(medianError)} by always the median` },
      { name: "Quadratic kappa", ours: number(kappa), beside: "0 by always the median" },
    ],
  };
}

function binaryRow(binary: HeadMetrics["binary"][number]): HeadRow {
  const { question, kind, train, derived, rate, auc, logLoss, baseLogLoss } = binary;
  return {
    ...{ name: question, hint: `Yes or no (${kind}), ${formatPercent(rate)} yes`, train, derived, estimate: logLoss },
    figures: [
      { name: "Area under ROC", ours: number(auc), beside: "0.5 by chance" },
      { name: "Log loss", ours: number(logLoss), beside: `${number(baseLogLoss)} by the rate alone` },
      calibration(binary),
    ],
  };
}

function aspectRow(head: HeadMetrics["aspects"][number]): HeadRow {
  const { aspect, train, accuracy, accuracyOfText, logLoss } = head;
  return {
    ...{ name: aspect, hint: "Aspect of the comparison", train, estimate: logLoss },
    figures: [
      { name: "Right", ours: percent(accuracy), beside: `${percent(accuracyOfText)} by the text alone` },
      { name: "Log loss", ours: number(logLoss), beside: "0.693 by chance" },
      calibration(head),
    ],
  };
}

function gateRow({ accuracy, overallAccuracy, difference }: NonNullable<HeadMetrics["gate"]>): HeadRow {
  return {
    ...{ name: "Gated reward", hint: "Aspects weighed by the prompt", train: null, estimate: accuracy },
    figures: [
      { name: "Right", ours: percent(accuracy), beside: `${percent(overallAccuracy)} by the overall reward` },
      { name: "Difference", ours: percent(difference) },
    ],
  };
}

type Calibrated = Pick<HeadMetrics["binary"][number], "calibrationError" | "calibrationBand">;

function calibration({ calibrationError, calibrationBand: [low, high] }: Calibrated): Figure {
  return {
    name: "Calibration error",
    ours: calibrationError?.toFixed(3) ?? "n/a",
    beside: `${low.toFixed(3)} to ${high.toFixed(3)} if calibrated`,
  };
}

function number(estimate: EstimateView | null): string {
  if (!estimate) return "n/a";
  const [low, high] = estimate.interval;
  return `${estimate.mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

const percent = (estimate: EstimateView | null): string =>
  estimate ? formatPercent(estimate.mean, estimate.interval) : "n/a";
