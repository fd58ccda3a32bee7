import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import type {
  BiasReport,
  DriftMeasure,
  FigureName,
  FigureView,
  QuestionReport,
  ReportSlice,
} from "@/lib/judges/report/schema";

const typeWords: Record<QuestionReport["type"], string> = {
  comparison: "Comparison",
  ranking: "Ranking",
  rating: "Rating",
  binary: "Yes or no",
  spans: "Spans",
  steps: "Steps",
};

/** "Comparison: helpfulness", with the question's own name where that says more. */
export function wordQuestion({
  question,
  type,
  aspect,
  part,
}: Pick<QuestionReport, "question" | "type" | "aspect" | "part">): string {
  const name = question === type ? typeWords[type] : `${typeWords[type]} “${question}”`;
  return [`${name}: ${aspect}`, part === "first error" ? "first error" : []].flat().join(", ");
}

export type FigureRow = { label: string; hint: string; ai: FigureName; people?: FigureName; isShare: boolean };

/** The figures of a report as rows, each with that of people beside it where there is one. */
export const figureRows: FigureRow[] = [
  {
    label: "Accuracy",
    hint: "Share that is the consensus; people: each against the majority of the others",
    ai: "accuracy",
    people: "peopleAccuracy",
    isShare: true,
  },
  { label: "Without ties", hint: "Where neither it nor the consensus is a tie", ai: "decidedAccuracy", isShare: true },
  {
    label: "Order by order",
    hint: "Each answer by itself, before both orders are joined",
    ai: "answerAccuracy",
    isShare: true,
  },
  { label: "Cohen’s kappa", hint: "With the consensus; 0 is chance", ai: "kappa", isShare: false },
  { label: "Quadratic kappa", hint: "The same, where near misses count less", ai: "quadraticKappa", isShare: false },
  {
    label: "Krippendorff’s alpha",
    hint: "Of people with it as one more annotator; people: among themselves",
    ai: "alphaWithAi",
    people: "alphaPeople",
    isShare: false,
  },
  { label: "Kendall’s tau", hint: "Over all pairs of what was ranked", ai: "tau", isShare: false },
  {
    label: "Mean distance",
    hint: "From the mean of people; people: from the mean of the others",
    ai: "error",
    people: "peopleError",
    isShare: false,
  },
  {
    label: "F1 of code points",
    hint: "With each person; people: two of them",
    ai: "pointF1",
    people: "peoplePointF1",
    isShare: false,
  },
  {
    label: "F1 of spans",
    hint: "Same category, half of the extent shared",
    ai: "spanF1",
    people: "peopleSpanF1",
    isShare: false,
  },
];

/** "72.4 % (70.0 to 75.0)", or "0.712 (0.650 to 0.768)" of what is no share. */
export function wordFigure(figure: FigureView | null | undefined, isShare: boolean): string {
  if (!figure) return "";
  const { value, interval } = figure;
  if (isShare) return formatPercent(value, interval ?? undefined);
  return interval ? `${value.toFixed(3)} (${interval[0].toFixed(3)} to ${interval[1].toFixed(3)})` : value.toFixed(3);
}

const measureWords: Record<Exclude<DriftMeasure["measure"], "model">, string> = {
  accuracy: "are what people say",
  consistency: "are the same in both orders",
  invalid: "cannot be read",
};

/** "Of its latest 50 labels, 24.0 % are what people say; of the 110 before, 91.0 %." */
export function wordDrift({ measure, models, latest, earlier }: DriftMeasure): string {
  if (measure === "model") {
    return `By what its provider says, its latest ${formatNumber(latest.of)} answers come from ${models!.latest}; the ${formatNumber(earlier.of)} before came from ${models!.earlier}.`;
  }
  const what = measure === "invalid" ? "answers" : "labels";
  const share = ({ hits, of }: DriftMeasure["latest"]) => formatPercent(hits / of);
  return `Of its latest ${formatNumber(latest.of)} ${what}, ${share(latest)} ${measureWords[measure]}; of the ${formatNumber(earlier.of)} before, ${share(earlier)}.`;
}

export const featureWords: Record<BiasReport["coefficients"][number]["feature"], string> = {
  consensus: "People prefer it",
  length: "Longer",
  lists: "More list items",
  headers: "More headers",
  bold: "More bold",
  code: "More code",
  position: "Shown first",
};

export const sliceWords: Record<ReportSlice["by"], string> = {
  corpus: "Source of the instances",
  domain: "Domain",
  length: "Length of the completions",
  difficulty: "Agreement of people",
};

const valueWords: Partial<Record<ReportSlice["by"], Record<string, string>>> = {
  length: { "1": "shortest quarter", "2": "second quarter", "3": "third quarter", "4": "longest quarter" },
  difficulty: { unanimous: "unanimous", majority: "most agree", split: "split", single: "one person only" },
};

export function wordSliceOf({ by, value }: ReportSlice): string {
  return valueWords[by]?.[value] ?? value;
}

export const answerWords: Record<string, string> = { "0": "first", "1": "second", tie: "tie" };
