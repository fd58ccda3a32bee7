import type { Translate } from "@/app/i18n/translate";
import { choiceOf } from "@/lib/assignments/reasons/schema";
import type {
  ComparisonPayload,
  CritiquePayload,
  LabelSourceName,
  LabelTypeName,
  StepsPayload,
} from "@/lib/labels/schema";
import type { Question } from "@/lib/projects/schema";
import { wordChoice } from "../label/_components/answer-words";
import { nameCategory, spanCategoriesOf, wordValue } from "./asked-names";
import { nameCompletions, type Naming } from "./completion-names";

/** How each source of labels is coloured, in the order in which they are listed; `projects.sources` names them. */
export const sources: {
  source: LabelSourceName;
  bar: string;
  badge: "indigo" | "amber" | "teal" | "neutral" | "outline";
}[] = [
  { source: "human", bar: "bg-human", badge: "indigo" },
  { source: "lm", bar: "bg-lm", badge: "amber" },
  { source: "rm", bar: "bg-rm", badge: "teal" },
  { source: "tool", bar: "bg-tone-zinc", badge: "neutral" },
  { source: "reaction", bar: "bg-tone-zinc/60", badge: "neutral" },
  { source: "demo", bar: "bg-border-strong", badge: "outline" },
];

export function sourceOf(source: LabelSourceName) {
  return sources.find((one) => one.source === source)!;
}

type Answer = { type: LabelTypeName; payload: Record<string, unknown> };

/** What answers are about: the completions' own ids, by index, and the question, where it is known. */
export type About = { ids: readonly string[]; question: Question | undefined };

/** What answers are worded with. */
export type AnswerWords = { t: Translate<"projects.labels">; label: Translate<"label"> };

/** An answer in a few words. */
export function wordAnswer({ type, payload }: Answer, about: About, words: AnswerWords): string {
  const { t } = words;
  const name = nameCompletions(about.ids, t);
  switch (type) {
    case "comparison":
      return wordComparison(payload as ComparisonPayload, about, words);
    case "ranking":
      return describeRanking((payload as { ranks: number[] }).ranks, name);
    case "rating": {
      const { completion, value } = payload as { completion: number; value: number | string };
      return t("of", { completion: name(completion), answer: wordValue(about.question, value) });
    }
    case "binary": {
      const { completion, value } = payload as { completion: number; value: boolean };
      return t("of", { completion: name(completion), answer: t(value ? "yes" : "no") });
    }
    case "spans": {
      const { spans } = payload as { spans: { category: string }[] };
      if (spans.length === 0) return t("nothingMarked");
      const asked = spanCategoriesOf(about.question);
      const categories = [...new Set(spans.map(({ category }) => nameCategory(asked, category)))];
      return t("spans", { count: spans.length, categories: categories.join(t("comma")) });
    }
    case "steps":
      return wordSteps(payload as StepsPayload, name, t);
    case "critique":
      return wordCritique(payload as CritiquePayload, name, t);
  }
}

/** A preference in the words of its question, such as "a much better". The other one is named where there are more than two. */
export function wordComparison(
  payload: ComparisonPayload,
  { ids, question }: About,
  { t, label }: AnswerWords,
): string {
  const { pair, preferred, scale, reasons = [] } = payload;
  const [first, second] = pair.map(nameCompletions(ids, t)) as [string, string];
  const own = question?.type === "comparison" && question.scale === scale ? question : {};
  const choice = choiceOf(payload, pair);
  // Imports may have a tie on a scale of two points, which offers none.
  const answer =
    choice === null
      ? label("scale.tie")
      : wordChoice({ answer: choice, scale, words: own, reasons: [...reasons] }, label, [first, second]);
  if (ids.length === 2) return answer;
  return preferred === "tie"
    ? t("ofPair", { answer, first, second })
    : t("comparedWith", { answer, other: preferred === 0 ? second : first });
}

/** "a: 4 good, 1 neutral, 2 bad, first error in step 3". */
function wordSteps(
  { completion, steps, firstError }: StepsPayload,
  name: Naming,
  t: Translate<"projects.labels">,
): string {
  const counts = (["good", "neutral", "bad"] as const).flatMap((label) => {
    const count = steps.filter((step) => step.label === label).length;
    return count === 0 ? [] : [t(label, { count })];
  });
  const error = firstError === null ? t("noError") : t("firstError", { step: firstError + 1 });
  return t("of", { completion: name(completion), answer: [...counts, error].join(t("comma")) });
}

/** "b: Too long. (quotes 2 spans) (rewritten)". */
function wordCritique(
  { completion, text, quotes, rewrite }: CritiquePayload,
  name: Naming,
  t: Translate<"projects.labels">,
): string {
  const said = [
    text,
    ...(quotes.length === 0 ? [] : [t("quotes", { count: quotes.length })]),
    ...(rewrite === null ? [] : [text === "" ? t("rewritten") : t("alsoRewritten")]),
  ];
  return t("of", { completion: name(completion), answer: said.join(" ").trim() });
}

/** "b > a = c", best first. */
export function describeRanking(ranks: readonly number[], name: Naming): string {
  const order = ranks.map((rank, index) => ({ rank, index })).sort((a, b) => a.rank - b.rank);
  return order
    .map(({ rank, index }, place) => (place === 0 ? "" : rank === order[place - 1]!.rank ? " = " : " > ") + name(index))
    .join("");
}

type Annotator = { annotator: string; annotatorEmail: string | null; annotatorName: string | null };

/** Who gave a label: the address or the judge's name where it is known, else the imported name. */
export function wordAnnotator(
  { annotator, annotatorEmail, annotatorName }: Annotator,
  t: Translate<"projects.labels">,
): string {
  if (annotatorEmail !== null) return annotatorEmail;
  if (annotatorName !== null) return annotatorName;
  const [kind, ...name] = annotator.split(":");
  return kind === "user" ? t("formerMember") : name.join(":");
}
