import { formatNumber, formatPercent } from "@/app/_components/ui/numbers";
import type { ConsensusView } from "@/lib/instances/schema";
import { describeRanking } from "../../../_components/label-words";

export type TabledConsensus = ConsensusView<"ranking" | "rating" | "binary">;

/** What was asked: "ranking", or "rating, style" where it was about an aspect other than the overall one. */
export function describeQuestion({ question, aspect }: ConsensusView): string {
  return aspect === "overall" ? question : `${question}, ${aspect}`;
}

/** The outcome in a few words; means come with their standard error. */
export function describeOutcome({ type, payload }: TabledConsensus, name: (index: number) => string): string {
  if (type === "ranking") return describeRanking(payload.ranks, name);
  if (type === "binary") return payload.value === null ? "draw" : payload.value ? "yes" : "no";
  if (payload.kind === "category") return payload.value ?? "draw";
  const mean = formatNumber(payload.mean, 2);
  return payload.standardError === null ? mean : `${mean} ± ${formatNumber(payload.standardError, 2)}`;
}

/** How well the votes agree, in the measure of the type; nothing where there is none. */
export function describeAgreement({ type, payload, confidence }: TabledConsensus): string {
  if (type === "rating" && payload.kind === "number") return `median ${formatNumber(payload.median, 2)}`;
  if (confidence === null) return "";
  if (type === "ranking") return `Kendall's W ${confidence.toFixed(2)}`;
  return "isDraw" in payload && payload.isDraw ? "" : formatPercent(confidence, undefined, 0);
}

/** "People: yes × 2, no × 1. LM judges: no × 1", most given first; of numbers how many and from where to where. */
export function describeVotes(consensus: TabledConsensus, name: (index: number) => string): string {
  const { human, lm } = consensus.counts;
  const of = (source: string, counts: Record<string, number>) =>
    Object.keys(counts).length === 0 ? [] : [`${source}: ${describeCounts(consensus, counts, name)}`];
  return [...of("People", human), ...of("LM judges", lm)].join(". ");
}

function describeCounts(
  { type, payload }: TabledConsensus,
  counts: Record<string, number>,
  name: (index: number) => string,
): string {
  const answers = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (type === "rating" && payload.kind === "number") {
    const values = answers.map(([value]) => Number(value));
    const votes = answers.reduce((sum, [, count]) => sum + count, 0);
    const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => formatNumber(value, 2));
    return votes === 1 ? `${low}` : low === high ? `${low} × ${votes}` : `${votes} from ${low} to ${high}`;
  }
  const word = (answer: string) => (type === "ranking" ? describeRanking(answer.split(",").map(Number), name) : answer);
  return answers.map(([answer, count]) => `${word(answer)} × ${formatNumber(count)}`).join(", ");
}
