import type { Numbers } from "@/app/_components/ui/numbers";
import type { Translate } from "@/app/i18n/translate";
import type { VerdictOutcome } from "@/lib/judges/schema";
import type { JudgeTrial } from "@/lib/judges/trial/schema";
import { maxStrength, type ComparisonScale } from "@/lib/labels/schema";
import type { Question } from "@/lib/projects/schema";
import { wordValue } from "../../_components/asked-names";
import { nameCompletions } from "../../_components/completion-names";
import {
  describeRanking,
  wordComparison,
  type About as Answered,
  type AnswerWords,
} from "../../_components/label-words";

type Words = Translate<"judges.words">;

/** What a verdict is about: the completions' ids, the target as verdicts have it, and the question, where it is asked still. */
export type About = Answered & { target: string };

/** What verdicts are worded with. */
export type VerdictWords = AnswerWords & { words: Words; numbers: Numbers };

/** What a verdict says in a few words, without its reason. */
export function wordOutcome(outcome: VerdictOutcome, about: About, said: VerdictWords): string {
  const { words: t, numbers } = said;
  switch (outcome.kind) {
    case "invalid":
      return t("outcomes.invalid", { problem: outcome.problem });
    case "preferred":
    case "tie":
      return wordPreference(outcome, about, said);
    case "ranking":
      return describeRanking(outcome.ranks, nameCompletions(about.ids, said.t));
    case "rating": {
      const value = wordValue(about.question, outcome.value);
      return outcome.expected === null
        ? value
        : t("outcomes.rating", { value, expected: numbers.number(outcome.expected, 2) });
    }
    case "binary":
      return wordBinary(outcome, numbers, t);
    case "spans": {
      const [count, lost] = [outcome.spans.length, outcome.unaligned.length];
      return lost === 0 ? t("outcomes.spans", { count }) : t("outcomes.spansLost", { count, lost });
    }
    case "steps":
      return outcome.firstError === null
        ? t("outcomes.noError")
        : t("outcomes.firstError", { step: outcome.firstError + 1 });
    case "critique":
      return t(outcome.rewrite === null ? "outcomes.critique" : "outcomes.critiqueRewrite");
  }
}

/** What was shown, in the order shown: "a, then b". */
export function wordShown(shownOrder: string, ids: readonly string[], { t, words }: VerdictWords): string {
  return shownOrder
    .split("-")
    .map(Number)
    .map(nameCompletions(ids, t))
    .reduce((all, next) => words("shownThen", { all, next }));
}

/** "confidence 83 %, by the two orders". */
export function wordConfidence(
  { confidence, basis }: Pick<JudgeTrial, "confidence" | "basis">,
  numbers: Numbers,
  t: Words,
): string {
  return t(`confidence.${basis}`, { confidence: share(confidence, numbers) });
}

type Outcome<K extends VerdictOutcome["kind"]> = Extract<VerdictOutcome, { kind: K }>;

function wordPreference(
  outcome: Outcome<"preferred" | "tie">,
  about: About,
  { words, numbers, ...answerWords }: VerdictWords,
): string {
  const pair = about.target.split("-").map(Number) as [number, number];
  const { preferred, strength } = outcome.kind === "tie" ? { preferred: "tie" as const, strength: 0 } : outcome;
  const payload = { pair, preferred, strength, bothBad: false, scale: scaleOf(about.question, strength) };
  const answer = wordComparison(payload, about, answerWords);
  if (!isKnown(outcome.probability)) return answer;
  const first = nameCompletions(about.ids, answerWords.t)(pair[0]);
  return words("outcomes.sure", { answer, first, probability: share(outcome.probability, numbers) });
}

/** Verdicts do not say on which scale they are: that of their question if it has such a point, else the smallest that has. */
function scaleOf(question: Question | undefined, strength: number): ComparisonScale {
  const asked = question?.type === "comparison" ? [question.scale] : [];
  return (
    [...asked, 3 as const, 5 as const, 7 as const, 9 as const].find((scale) => maxStrength(scale) >= strength) ?? 9
  );
}

function wordBinary({ value, probability }: Outcome<"binary">, numbers: Numbers, t: Words): string {
  if (!isKnown(probability)) return t(value ? "outcomes.yes" : "outcomes.no");
  return t(value ? "outcomes.yesSure" : "outcomes.noSure", { probability: share(probability, numbers) });
}

function isKnown(probability: number | null | undefined): probability is number {
  return probability !== null && probability !== undefined;
}

function share(fraction: number, numbers: Numbers): string {
  return numbers.percent(fraction, undefined, 0);
}
