import type { Translate } from "@/app/i18n/translate";
import type { HistoryAnswer } from "@/lib/assignments/schema";
import { letterOf } from "@/lib/text/letter";
import { describeChoice, type PairNames } from "./questions/scale-words";

/** An answer in a few words, such as "A much better" or "A 4, B 2". */
export function wordAnswer(said: HistoryAnswer, t: Translate<"label">): string {
  switch (said.type) {
    case "comparison":
      return wordChoice(said, t);
    case "ranking":
      return wordRanks(said.answer.ranks);
    case "rating":
      return wordEach(said.answer, String, t);
    case "binary":
      return wordEach(said.answer.values, (value) => (value ? t("said.yes") : t("said.no")), t);
    case "spans":
      return t("said.spans", { count: said.answer.spans.length });
    case "steps": {
      const bad = said.answer.completions.flatMap(({ labels }) => labels.filter((label) => label === "bad"));
      return t("said.badSteps", { count: bad.length });
    }
    case "critique":
      return wordWritten(said.answer.completions, t);
  }
}

type Said = Pick<Extract<HistoryAnswer, { type: "comparison" }>, "answer" | "scale" | "words" | "reasons">;

/** What a comparison is answered with, and the reasons that were ticked: "A much better (clear)". */
export function wordChoice(
  { answer, scale, words = {}, reasons = [] }: Said,
  t: Translate<"label">,
  names?: PairNames,
): string {
  const choice = describeChoice(answer, scale, words, t, names);
  return reasons.length === 0 ? choice : t("said.because", { choice, reasons: reasons.join(t("list.comma")) });
}

/** Letters from best to worst: "B > A = C". */
export function wordRanks(ranks: (number | null)[]): string {
  const placed = ranks.flatMap((rank, position) => (rank === null ? [] : [{ rank, letter: letterOf(position) }]));
  return placed
    .sort((a, b) => a.rank - b.rank)
    .map(({ rank, letter }, index) => {
      if (index === 0) return letter;
      return placed[index - 1]!.rank === rank ? ` = ${letter}` : ` > ${letter}`;
    })
    .join("");
}

function wordEach<T>(values: (T | null)[], word: (value: T) => string, t: Translate<"label">): string {
  return values
    .flatMap((value, position) => (value === null ? [] : [`${letterOf(position)} ${word(value)}`]))
    .join(t("list.comma"));
}

function wordWritten(
  completions: { text: string; rewrite: string | null; quotes?: string[] }[],
  t: Translate<"label">,
): string {
  const critiques = completions.filter(({ text }) => text !== "").length;
  const quotes = completions.flatMap((written) => written.quotes ?? []).length;
  const rewrites = completions.filter(({ rewrite }) => rewrite !== null).length;
  return [
    t("said.critiques", { count: critiques }),
    ...(quotes === 0 ? [] : [t("said.quotes", { count: quotes })]),
    ...(rewrites === 0 ? [] : [t("said.rewrites", { count: rewrites })]),
  ].join(t("list.comma"));
}
