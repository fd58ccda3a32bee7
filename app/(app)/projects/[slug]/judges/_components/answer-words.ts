import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import type { VerdictOutcome } from "@/lib/judges/schema";
import type { JudgeTrial } from "@/lib/judges/trial/schema";
import { describeRanking } from "../../_components/label-words";

/** What a verdict is about: completions by the names they have, and the target as verdicts have it. */
export type About = { names: readonly string[]; target: string };

/** What a verdict says in a few words, without its reason. */
export function wordOutcome(outcome: VerdictOutcome, about: About): string {
  switch (outcome.kind) {
    case "invalid":
      return `Cannot be used: ${outcome.problem}.`;
    case "preferred":
      return `${wordPreferred(outcome, about)}${wordProbability(outcome.probability, nameIn(about, 0))}`;
    case "tie":
      return `tie${wordProbability(outcome.probability, nameIn(about, 0))}`;
    case "ranking":
      return describeRanking(outcome.ranks, (index) => nameOf(about, index));
    case "rating":
      return outcome.expected === null
        ? String(outcome.value)
        : `${outcome.value}, ${formatNumber(outcome.expected, 2)} by the probabilities of its tokens`;
    case "binary":
      return `${outcome.value ? "yes" : "no"}${wordProbability(outcome.probability, "yes")}`;
    case "spans":
      return wordSpans(outcome.spans.length, outcome.unaligned.length);
    case "steps":
      return outcome.firstError === null ? "no error" : `first error in step ${outcome.firstError + 1}`;
    case "critique":
      return outcome.rewrite === null ? "a critique" : "a critique and a rewrite";
  }
}

/** What was shown, in the order shown: "a, then b". */
export function wordShown(shownOrder: string, names: readonly string[]): string {
  return shownOrder
    .split("-")
    .map((index) => nameOf({ names, target: "" }, Number(index)))
    .join(", then ");
}

const bases: Record<JudgeTrial["basis"], string> = {
  samples: "its samples",
  orders: "the two orders",
  tokens: "the probabilities of its tokens",
};

/** "confidence 83 %, by the two orders". */
export function wordConfidence({ confidence, basis }: Pick<JudgeTrial, "confidence" | "basis">): string {
  return `confidence ${formatPercent(confidence, undefined, 0)}, by ${bases[basis]}`;
}

function wordPreferred({ preferred, strength }: Extract<VerdictOutcome, { kind: "preferred" }>, about: About): string {
  return `${nameIn(about, preferred)} over ${nameIn(about, preferred === 0 ? 1 : 0)}, strength ${strength}`;
}

function wordProbability(probability: number | null | undefined, of: string): string {
  return probability === null || probability === undefined
    ? ""
    : `, ${of} with probability ${formatPercent(probability, undefined, 0)}`;
}

function wordSpans(spans: number, unaligned: number): string {
  const marked = spans === 0 ? "nothing marked" : spans === 1 ? "one span" : `${spans} spans`;
  if (unaligned === 0) return marked;
  return `${marked}, ${unaligned === 1 ? "one quote is" : `${unaligned} quotes are`} not in the text`;
}

/** One of the pair that a target such as "0-2" names. */
function nameIn(about: About, place: 0 | 1): string {
  return nameOf(about, Number(about.target.split("-")[place]));
}

function nameOf({ names }: About, index: number): string {
  return names[index] ?? `completion ${index}`;
}
