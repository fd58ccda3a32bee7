import type { Numbers } from "@/app/_components/ui/numbers";
import type { Translate } from "@/app/i18n/translate";
import type { ConsensusView } from "@/lib/instances/schema";
import { maxStrength } from "@/lib/labels/schema";
import type { Question } from "@/lib/projects/schema";
import { wordValue } from "../../../_components/asked-names";
import type { Naming } from "../../../_components/completion-names";
import { describeRanking, wordComparison, type About, type AnswerWords } from "../../../_components/label-words";

export type TabledConsensus = ConsensusView<"ranking" | "rating" | "binary">;

type Words = Translate<"instances.consensus.words">;

type PreferenceWords = { t: Translate<"instances.consensus">; words: AnswerWords };

/** A preference in the words of its question, by the point of the scale that is nearest to the mean of the votes. */
export function describePreference(
  { payload, labelCount }: ConsensusView<"comparison">,
  about: About,
  { t, words }: PreferenceWords,
): string {
  const { pair, preferred, bothBad } = payload;
  const scale = about.question?.type === "comparison" ? about.question.scale : 3;
  const towards = preferred === 1 ? -payload.strength : payload.strength;
  // Most votes may prefer one slightly, and few the other so much that the mean is theirs.
  const strength = preferred === "tie" ? 0 : Math.max(1, Math.round(towards * maxStrength(scale)));
  const answer = wordComparison({ pair, preferred, bothBad, strength, scale }, about, words);
  return strength === 0 || labelCount === 1 || maxStrength(scale) === 1 ? answer : t("onAverage", { answer });
}

/** What tabled consensus is about: what completions are called, and the question where it is asked still. */
export type Tabled = { name: Naming; question: Question | undefined };

/** The outcome in a few words; means come with their standard error. */
export function describeOutcome(
  { type, payload }: TabledConsensus,
  { name, question }: Tabled,
  t: Words,
  { number }: Numbers,
): string {
  if (type === "ranking") return describeRanking(payload.ranks, name);
  if (type === "binary") return t(payload.value === null ? "draw" : payload.value ? "yes" : "no");
  if (payload.kind === "category") return payload.value === null ? t("draw") : wordValue(question, payload.value);
  const mean = number(payload.mean, 2);
  return payload.standardError === null ? mean : `${mean} ± ${number(payload.standardError, 2)}`;
}

/** How well the votes agree, in the measure of the type; nothing where there is none. */
export function describeAgreement(
  { type, payload, confidence }: TabledConsensus,
  t: Words,
  { number, fixed, percent }: Numbers,
): string {
  if (type === "rating" && payload.kind === "number") return t("median", { value: number(payload.median, 2) });
  if (confidence === null) return "";
  if (type === "ranking") return t("kendall", { value: fixed(confidence, 2) });
  return "isDraw" in payload && payload.isDraw ? "" : percent(confidence, undefined, 0);
}

/** "People: yes × 2, no × 1. LM judges: no × 1", most given first; of numbers how many and from where to where. */
export function describeVotes(consensus: TabledConsensus, about: Tabled, t: Words, numbers: Numbers): string {
  const { human, lm } = consensus.counts;
  const of = (source: "people" | "judges", counts: Record<string, number>) =>
    Object.keys(counts).length === 0
      ? []
      : [t(source, { votes: describeCounts({ consensus, counts, ...about }, t, numbers) })];
  return [...of("people", human), ...of("judges", lm)].join(t("period"));
}

type Counted = Tabled & { consensus: TabledConsensus; counts: Record<string, number> };

function describeCounts({ consensus, counts, name, question }: Counted, t: Words, { number }: Numbers): string {
  const { type, payload } = consensus;
  const answers = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (type === "rating" && payload.kind === "number") {
    const values = answers.map(([value]) => Number(value));
    const votes = answers.reduce((sum, [, count]) => sum + count, 0);
    const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => number(value, 2)) as [string, string];
    return votes === 1 ? `${low}` : low === high ? `${low} × ${votes}` : t("between", { count: votes, low, high });
  }
  const word = (answer: string) => {
    if (type === "ranking") return describeRanking(answer.split(",").map(Number), name);
    return type === "binary" && (answer === "yes" || answer === "no") ? t(answer) : wordValue(question, answer);
  };
  return answers.map(([answer, count]) => `${word(answer)} × ${number(count)}`).join(t("comma"));
}
