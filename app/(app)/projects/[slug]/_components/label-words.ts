import type { Translate } from "@/app/i18n/translate";
import type {
  ComparisonPayload,
  CritiquePayload,
  LabelSourceName,
  LabelTypeName,
  StepsPayload,
} from "@/lib/labels/schema";

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

/** An answer in a few words. `completionIds` are the completions' own ids, by index. */
export function wordAnswer(
  { type, payload }: Answer,
  completionIds: string[],
  t: Translate<"projects.labels">,
): string {
  const name = (index: number) => completionIds[index] ?? t("completion", { index });
  switch (type) {
    case "comparison":
      return wordComparison(payload as ComparisonPayload, name, t);
    case "ranking":
      return describeRanking((payload as { ranks: number[] }).ranks, name);
    case "rating": {
      const { completion, value } = payload as { completion: number; value: number | string };
      return t("of", { completion: name(completion), answer: value });
    }
    case "binary": {
      const { completion, value, kind } = payload as { completion: number; value: boolean; kind: string };
      return t("of", { completion: name(completion), answer: t("binary", { kind, value: value ? "yes" : "no" }) });
    }
    case "spans": {
      const { spans } = payload as { spans: { category: string }[] };
      if (spans.length === 0) return t("nothingMarked");
      const categories = [...new Set(spans.map(({ category }) => category))].join(t("comma"));
      return t("spans", { count: spans.length, categories });
    }
    case "steps":
      return wordSteps(payload as StepsPayload, name, t);
    case "critique":
      return wordCritique(payload as CritiquePayload, name, t);
  }
}

type Naming = (index: number) => string;

function wordComparison(
  { pair, preferred, bothBad, cannotTell, strength, scale, reasons = [] }: ComparisonPayload,
  name: Naming,
  t: Translate<"projects.labels">,
): string {
  const names = pair.map(name).join(t("comma"));
  if (bothBad) return t("bothBad", { names });
  if (cannotTell) return t("cannotTell", { names });
  if (preferred === "tie") return t("tie", { names });
  const said = { chosen: name(pair[preferred]), rejected: name(pair[preferred === 0 ? 1 : 0]) };
  const answer =
    scale <= 3 ? t("preferred", said) : t("preferredBy", { ...said, strength, most: Math.floor(scale / 2) });
  return reasons.length === 0 ? answer : t("because", { answer, reasons: reasons.join(t("comma")) });
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
export function describeRanking(ranks: number[], name: (index: number) => string): string {
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
