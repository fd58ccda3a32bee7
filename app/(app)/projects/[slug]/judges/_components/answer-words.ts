import type { Numbers } from "@/app/_components/ui/numbers";
import type { Translate } from "@/app/i18n/translate";
import type { VerdictOutcome } from "@/lib/judges/schema";
import type { JudgeTrial } from "@/lib/judges/trial/schema";
import { describeRanking } from "../../_components/label-words";

type Words = Translate<"judges.words">;

/** What a verdict is about: completions by the names they have, and the target as verdicts have it. */
export type About = { names: readonly string[]; target: string };

/** What a verdict says in a few words, without its reason. */
export function wordOutcome(outcome: VerdictOutcome, about: About, numbers: Numbers, t: Words): string {
  switch (outcome.kind) {
    case "invalid":
      return t("outcomes.invalid", { problem: outcome.problem });
    case "preferred":
      return wordPreferred(outcome, about, numbers, t);
    case "tie":
      return isKnown(outcome.probability)
        ? t("outcomes.tieSure", { first: nameIn(about, 0, t), probability: share(outcome.probability, numbers) })
        : t("outcomes.tie");
    case "ranking":
      return describeRanking(outcome.ranks, (index) => nameOf(about, index, t));
    case "rating":
      return outcome.expected === null
        ? String(outcome.value)
        : t("outcomes.rating", { value: String(outcome.value), expected: numbers.number(outcome.expected, 2) });
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
export function wordShown(shownOrder: string, names: readonly string[], t: Words): string {
  return shownOrder
    .split("-")
    .map((index) => nameOf({ names, target: "" }, Number(index), t))
    .reduce((all, next) => t("shownThen", { all, next }));
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

function wordPreferred(
  { preferred, strength, probability }: Outcome<"preferred">,
  about: About,
  numbers: Numbers,
  t: Words,
): string {
  const [first, second] = [nameIn(about, 0, t), nameIn(about, 1, t)];
  const [winner, loser] = preferred === 0 ? [first, second] : [second, first];
  if (!isKnown(probability)) return t("outcomes.preferred", { winner, loser, strength });
  return t("outcomes.preferredSure", { winner, loser, strength, first, probability: share(probability, numbers) });
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

/** One of the pair that a target such as "0-2" names. */
function nameIn(about: About, place: 0 | 1, t: Words): string {
  return nameOf(about, Number(about.target.split("-")[place]), t);
}

function nameOf({ names }: About, index: number, t: Words): string {
  return names[index] ?? t("completion", { index });
}
