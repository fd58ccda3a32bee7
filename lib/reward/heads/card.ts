import type { EstimateView } from "../schema";
import type { HeadMetrics } from "./schema";

/** The part of a model card about heads beside the overall reward, as paragraphs of Markdown; none without such heads. */
export function headsOnCard(heads: HeadMetrics | null): string[] {
  if (!heads) return [];
  const rows = rowsOf(heads);
  const leftOut = heads.leftOut.map(
    ({ name, train, validation }) => `${name} (${train} to train, ${validation} to validate)`,
  );
  if (rows.length === 0 && leftOut.length === 0) return [];
  return [
    "## Heads",
    ...(rows.length > 0
      ? [
          "What it learned of other labels on the same network, on held-out labels with 95 % intervals by prompt:",
          ["| head | trained on | tested on | result | to compare with |", "|---|---|---|---|---|", ...rows].join("\n"),
        ]
      : []),
    ...(heads.gate
      ? [
          `Mean weight of the aspects: ${heads.gate.weights.map(({ aspect, mean }) => `${aspect} ${mean.toFixed(2)}`).join(", ")}.`,
        ]
      : []),
    ...(leftOut.length > 0 ? [`Too few labels for a head of their own: ${leftOut.join("; ")}.`] : []),
  ];
}

function rowsOf({ ties, rankings, ratings, binary, aspects, gate }: HeadMetrics): string[] {
  return [
    ...(ties
      ? [
          row(
            "ties",
            null,
            ties.logLoss,
            `log loss ${figure(ties.logLoss)}`,
            `shares alone ${figure(ties.baseLogLoss)}`,
          ),
        ]
      : []),
    ...(rankings
      ? [
          row(
            ...(["rankings", rankings.train, rankings.accuracy] as const),
            `pairs in order ${figure(rankings.accuracy)}, tau ${figure(rankings.tau)}`,
            "",
          ),
        ]
      : []),
    ...ratings.map(({ question, aspect, train, spearman, error, medianError, kappa }) =>
      row(
        ...([`rating ${question}, ${aspect}`, train, error] as const),
        `Spearman ${figure(spearman)}, mean error ${figure(error)}, quadratic kappa ${figure(kappa)}`,
        `always the median: mean error ${figure(medianError)}, kappa 0`,
      ),
    ),
    ...binary.map(({ question, train, derived, rate, auc, logLoss, baseLogLoss, calibrationError }) =>
      row(
        `yes or no ${question}`,
        derived === 0 ? train : `${train} and ${derived} of both bad`,
        logLoss,
        `AUC ${figure(auc)}, log loss ${figure(logLoss)}, calibration error ${calibrationError?.toFixed(3) ?? "n/a"}`,
        `the rate of ${rate.toFixed(3)} alone: log loss ${figure(baseLogLoss)}`,
      ),
    ),
    ...aspects.map(({ aspect, train, accuracy, accuracyOfText, logLoss, calibrationError }) =>
      row(
        ...([`aspect ${aspect}`, train, logLoss] as const),
        `accuracy ${figure(accuracy)}, log loss ${figure(logLoss)}, calibration error ${calibrationError?.toFixed(3) ?? "n/a"}`,
        `text alone: accuracy ${figure(accuracyOfText)}`,
      ),
    ),
    ...(gate
      ? [
          row(
            ...(["gated reward", null, gate.accuracy] as const),
            `accuracy ${figure(gate.accuracy)}`,
            `overall reward ${figure(gate.overallAccuracy)}; difference ${figure(gate.difference)}`,
          ),
        ]
      : []),
  ];
}

function row(
  name: string,
  train: number | string | null,
  tested: EstimateView | null,
  result: string,
  beside: string,
): string {
  return `| ${name} | ${train ?? ""} | ${tested?.values ?? 0} | ${result} | ${beside} |`;
}

function figure(estimate: EstimateView | null): string {
  if (!estimate) return "n/a";
  const [low, high] = estimate.interval;
  return `${estimate.mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}
