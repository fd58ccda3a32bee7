import type { Numbers } from "@/app/_components/ui/numbers";
import type { Translate } from "@/app/i18n/translate";
import type {
  DriftMeasure,
  FigureName,
  FigureView,
  JudgeHeadline,
  QuestionReport,
  ReportSlice,
} from "@/lib/judges/report/schema";
import type { Messages } from "@/messages/messages";

type Words = Translate<"judges.words">;

/** What questions are worded with. */
export type QuestionWords = { types: Translate<"projects.types">; words: Words };

/** "Comparison: helpfulness", with the question's own name where that says more. */
export function wordQuestion(
  { question, type, aspect, part }: Pick<QuestionReport, "question" | "type" | "aspect" | "part">,
  { types, words }: QuestionWords,
): string {
  const about = { type: types(type), question, aspect };
  const name = question === type ? words("question.plain", about) : words("question.named", about);
  return part === "first error" ? words("question.firstError", { question: name }) : name;
}

/** The question that a headline is about, with how many units it is measured on. */
export function wordUnits(
  headline: NonNullable<JudgeHeadline["headline"]>,
  numbers: Numbers,
  { types, words }: QuestionWords,
): string {
  const question = wordQuestion({ ...headline, part: "answer" }, { types, words });
  return words("question.units", { question, units: numbers.number(headline.units) });
}

/** The figures of a report as rows, each with that of people beside it where there is one. */
export const figureRows = [
  { ai: "accuracy", people: "peopleAccuracy", isShare: true },
  { ai: "decidedAccuracy", people: null, isShare: true },
  { ai: "answerAccuracy", people: null, isShare: true },
  { ai: "kappa", people: null, isShare: false },
  { ai: "quadraticKappa", people: null, isShare: false },
  { ai: "alphaWithAi", people: "alphaPeople", isShare: false },
  { ai: "tau", people: null, isShare: false },
  { ai: "error", people: "peopleError", isShare: false },
  { ai: "pointF1", people: "peoplePointF1", isShare: false },
  { ai: "spanF1", people: "peopleSpanF1", isShare: false },
] as const satisfies readonly { ai: FigureName; people: FigureName | null; isShare: boolean }[];

/** "72.4 % (70.0–75.0)", or "0.712 (0.650 to 0.768)" of what is no share. */
export function wordFigure(
  figure: FigureView | null | undefined,
  isShare: boolean,
  numbers: Numbers,
  t: Words,
): string {
  if (!figure) return "";
  const { value, interval } = figure;
  if (isShare) return numbers.percent(value, interval ?? undefined);
  if (!interval) return numbers.fixed(value, 3);
  return t("withInterval", {
    value: numbers.fixed(value, 3),
    low: numbers.fixed(interval[0], 3),
    high: numbers.fixed(interval[1], 3),
  });
}

/** "Of its latest 50 labels, 24.0 % are what people say; of the 110 before, 91.0 %." */
export function wordDrift({ measure, models, latest, earlier }: DriftMeasure, numbers: Numbers, t: Words): string {
  const counts = { latest: numbers.number(latest.of), earlier: numbers.number(earlier.of) };
  if (measure === "model") {
    return t("drift.model", { ...counts, newModel: models!.latest, oldModel: models!.earlier });
  }
  const share = ({ hits, of }: DriftMeasure["latest"]) => numbers.percent(hits / of);
  return t(`drift.${measure}`, { ...counts, share: share(latest), before: share(earlier) });
}

type SliceWord = keyof Messages["judges"]["words"]["sliceValues"];
const sliceWords: Partial<Record<ReportSlice["by"], Record<string, SliceWord>>> = {
  length: { "1": "shortest", "2": "second", "3": "third", "4": "longest" },
  difficulty: { unanimous: "unanimous", majority: "majority", split: "split", single: "single" },
};

export function wordSliceOf({ by, value }: ReportSlice, t: Words): string {
  const word = sliceWords[by]?.[value];
  return word === undefined ? value : t(`sliceValues.${word}`);
}

/** What an answer about a pair says, by the name that it has in a report; other answers go by their names. */
export function wordSide(category: string, t: Words): string {
  if (category === "0") return t("sides.first");
  if (category === "1") return t("sides.second");
  return category === "tie" ? t("sides.tie") : category;
}
