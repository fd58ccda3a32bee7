import type { Numbers } from "@/app/_components/ui/numbers";
import type { Translate } from "@/app/i18n/translate";
import type { ConsensusView } from "@/lib/instances/schema";
import { describeRanking } from "../../../_components/label-words";

export type TabledConsensus = ConsensusView<"ranking" | "rating" | "binary">;

type Words = Translate<"instances.consensus.words">;

/** What was asked: "ranking", or "rating, style" where it was about an aspect other than the overall one. */
export function describeQuestion({ question, aspect }: ConsensusView, t: Words): string {
  return aspect === "overall" ? question : t("questionOn", { question, aspect });
}

/** The outcome in a few words; means come with their standard error. */
export function describeOutcome(
  { type, payload }: TabledConsensus,
  name: (index: number) => string,
  t: Words,
  { number }: Numbers,
): string {
  if (type === "ranking") return describeRanking(payload.ranks, name);
  if (type === "binary") return t(payload.value === null ? "draw" : payload.value ? "yes" : "no");
  if (payload.kind === "category") return payload.value ?? t("draw");
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
export function describeVotes(
  consensus: TabledConsensus,
  name: (index: number) => string,
  t: Words,
  numbers: Numbers,
): string {
  const { human, lm } = consensus.counts;
  const of = (source: "people" | "judges", counts: Record<string, number>) =>
    Object.keys(counts).length === 0
      ? []
      : [t(source, { votes: describeCounts({ consensus, counts, name }, t, numbers) })];
  return [...of("people", human), ...of("judges", lm)].join(t("period"));
}

type Counted = { consensus: TabledConsensus; counts: Record<string, number>; name: (index: number) => string };

function describeCounts({ consensus, counts, name }: Counted, t: Words, { number }: Numbers): string {
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
    return type === "binary" && (answer === "yes" || answer === "no") ? t(answer) : answer;
  };
  return answers.map(([answer, count]) => `${word(answer)} × ${number(count)}`).join(t("comma"));
}
