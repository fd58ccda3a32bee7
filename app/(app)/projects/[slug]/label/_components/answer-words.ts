import type { HistoryAnswer } from "@/lib/assignments/schema";
import { letterOf } from "@/lib/text/letter";
import { describeChoice } from "./questions/scale-words";

/** An answer in a few words, such as "A much better" or "A 4, B 2". */
export function wordAnswer(said: HistoryAnswer): string {
  switch (said.type) {
    case "comparison":
      return describeChoice(said.answer, said.scale);
    case "ranking":
      return wordRanks(said.answer.ranks);
    case "rating":
      return wordEach(said.answer, String);
    case "binary":
      return wordEach(said.answer.values, (value) => (value ? "yes" : "no"));
    case "spans":
      return countOf(said.answer.spans.length, "span");
    case "steps":
      return countOf(
        said.answer.completions.flatMap(({ labels }) => labels.filter((label) => label === "bad")).length,
        "bad step",
      );
    case "critique":
      return wordWritten(said.answer.completions);
  }
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

function wordEach<T>(values: (T | null)[], word: (value: T) => string): string {
  return values
    .flatMap((value, position) => (value === null ? [] : [`${letterOf(position)} ${word(value)}`]))
    .join(", ");
}

function wordWritten(completions: { text: string; rewrite: string | null; quotes?: string[] }[]): string {
  const critiques = completions.filter(({ text }) => text !== "").length;
  const quotes = completions.flatMap((written) => written.quotes ?? []).length;
  const rewrites = completions.filter(({ rewrite }) => rewrite !== null).length;
  return [
    countOf(critiques, "critique"),
    ...(quotes === 0 ? [] : [countOf(quotes, "quote")]),
    ...(rewrites === 0 ? [] : [countOf(rewrites, "rewrite")]),
  ].join(", ");
}

function countOf(count: number, what: string): string {
  if (count === 0) return `No ${what}`;
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
