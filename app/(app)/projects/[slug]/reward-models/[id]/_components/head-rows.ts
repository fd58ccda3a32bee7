import type { Numbers } from "@/app/_components/ui/numbers";
import type { Translate } from "@/app/i18n/translate";
import type { HeadMetrics } from "@/lib/reward/heads/schema";
import type { EstimateView } from "@/lib/reward/schema";
import { wordFigure } from "../../_components/words";

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

/** How the language of the page writes figures and texts. */
type Wording = { numbers: Numbers; t: Translate<"rewardModels"> };

/** A row for each head of a version. */
export function headRows(metrics: HeadMetrics, numbers: Numbers, t: Translate<"rewardModels">): HeadRow[] {
  const { ties, rankings, ratings, binary, aspects, gate } = metrics;
  const words = { numbers, t };
  return [
    ...(ties ? [tiesRow(ties, words)] : []),
    ...(rankings ? [rankingsRow(rankings, words)] : []),
    ...ratings.map((rating) => ratingRow(rating, words)),
    ...binary.map((one) => binaryRow(one, words)),
    ...aspects.map((aspect) => aspectRow(aspect, words)),
    ...(gate ? [gateRow(gate, words)] : []),
  ];
}

function tiesRow({ nu, logLoss, baseLogLoss }: NonNullable<HeadMetrics["ties"]>, words: Wording): HeadRow {
  const { t, numbers } = words;
  return {
    ...{
      name: t("heads.ties"),
      hint: t("heads.tiesHint", { nu: numbers.fixed(nu, 2) }),
      train: null,
      estimate: logLoss,
    },
    figures: [
      {
        name: t("words.logLoss"),
        ours: number(logLoss, words),
        beside: t("heads.byShares", { figure: number(baseLogLoss, words) }),
      },
    ],
  };
}

function rankingsRow({ train, accuracy, tau }: NonNullable<HeadMetrics["rankings"]>, words: Wording): HeadRow {
  const { t } = words;
  return {
    ...{ name: t("heads.rankings"), hint: t("heads.rankingsHint"), train, estimate: accuracy },
    figures: [
      { name: t("heads.pairsInOrder"), ours: percent(accuracy, words) },
      { name: t("heads.tau"), ours: number(tau, words) },
    ],
  };
}

function ratingRow(rating: HeadMetrics["ratings"][number], words: Wording): HeadRow {
  const { question, aspect, train, spearman, error, medianError, kappa } = rating;
  const { t } = words;
  const byMedian = (figure: string) => t("heads.byMedian", { figure });
  return {
    ...{ name: t("heads.ofAspect", { question, aspect }), hint: t("heads.rating"), train, estimate: error },
    figures: [
      { name: t("heads.rankCorrelation"), ours: number(spearman, words) },
      { name: t("heads.meanError"), ours: number(error, words), beside: byMedian(number(medianError, words)) },
      { name: t("heads.kappa"), ours: number(kappa, words), beside: byMedian("0") },
    ],
  };
}

function binaryRow(binary: HeadMetrics["binary"][number], words: Wording): HeadRow {
  const { question, kind, train, derived, rate, auc, logLoss, baseLogLoss } = binary;
  const { t, numbers } = words;
  const hint = t("heads.binaryHint", { kind, share: numbers.percent(rate) });
  return {
    ...{ name: question, hint, train, derived, estimate: logLoss },
    figures: [
      { name: t("heads.rocArea"), ours: number(auc, words), beside: t("heads.byChance", { figure: "0.5" }) },
      {
        name: t("words.logLoss"),
        ours: number(logLoss, words),
        beside: t("heads.byRate", { figure: number(baseLogLoss, words) }),
      },
      calibration(binary, words),
    ],
  };
}

function aspectRow(head: HeadMetrics["aspects"][number], words: Wording): HeadRow {
  const { aspect, train, accuracy, accuracyOfText, logLoss } = head;
  const { t } = words;
  return {
    ...{ name: aspect, hint: t("heads.aspectHint"), train, estimate: logLoss },
    figures: [
      {
        name: t("heads.right"),
        ours: percent(accuracy, words),
        beside: t("heads.byText", { figure: percent(accuracyOfText, words) }),
      },
      { name: t("words.logLoss"), ours: number(logLoss, words), beside: t("heads.byChance", { figure: "0.693" }) },
      calibration(head, words),
    ],
  };
}

function gateRow(gate: NonNullable<HeadMetrics["gate"]>, words: Wording): HeadRow {
  const { accuracy, overallAccuracy, difference } = gate;
  const { t } = words;
  return {
    ...{ name: t("heads.gated"), hint: t("heads.gatedHint"), train: null, estimate: accuracy },
    figures: [
      {
        name: t("heads.right"),
        ours: percent(accuracy, words),
        beside: t("heads.byOverall", { figure: percent(overallAccuracy, words) }),
      },
      { name: t("words.difference"), ours: percent(difference, words) },
    ],
  };
}

type Calibrated = Pick<HeadMetrics["binary"][number], "calibrationError" | "calibrationBand">;

function calibration({ calibrationError, calibrationBand: [low, high] }: Calibrated, { t, numbers }: Wording): Figure {
  return {
    name: t("heads.calibrationError"),
    ours: wordFigure(calibrationError, numbers, t),
    beside: t("heads.ifCalibrated", { low: numbers.fixed(low, 3), high: numbers.fixed(high, 3) }),
  };
}

function number(estimate: EstimateView | null, { numbers, t }: Wording): string {
  if (!estimate) return t("words.notAvailable");
  const [low, high] = estimate.interval;
  return t("words.withRange", {
    value: numbers.fixed(estimate.mean, 3),
    low: numbers.fixed(low, 3),
    high: numbers.fixed(high, 3),
  });
}

const percent = (estimate: EstimateView | null, { numbers, t }: Wording): string =>
  estimate ? numbers.percent(estimate.mean, estimate.interval) : t("words.notAvailable");
