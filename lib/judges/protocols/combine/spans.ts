import { spanConsensus } from "@/lib/stats/span-consensus";
import type { SaidSpan, SpansSaid } from "../spans";
import { readable, unreadable, type Joined, type Unreadable } from "./joined";

/** By start, end and category. */
export type SpansParts = { spans: SaidSpan[] };

/** `unaligned` holds the quotes of all samples that the completion does not have. */
export type JoinedSpans = Joined<SpansParts> & { unaligned: SpansSaid["unaligned"] };

type SpansOutcome = Pick<SpansSaid, "kind" | "spans" | "unaligned"> | Unreadable;

/**
 * What the samples of spans come to: the stretches that more than half of them mark with a category (`spanConsensus`),
 * each with the severity of most and the note of the first sample that has one there. The confidence is that of the
 * consensus, lowered by unreadable samples. A single sample stays as it is.
 */
export function combineSpans(outcomes: readonly SpansOutcome[]): JoinedSpans {
  const read = readable(outcomes);
  const unaligned = read.flatMap((one) => one.unaligned);
  const consensus = spanConsensus(read.map(({ spans }) => ({ value: spans, weight: 1 })));
  if (!consensus) return { ...unreadable, unaligned };
  const all = read.flatMap(({ spans }) => spans);
  const joined = consensus.spans.map(({ start, end, category, severity }) => {
    const span = { start, end, category };
    const note = all.find((one) => one.note !== undefined && overlaps(one, span))?.note;
    return { ...span, ...(severity !== null && { severity }), ...(note !== undefined && { note }) };
  });
  return {
    outcome: "answered",
    payload: { spans: inOrder(read.length === 1 ? all : joined) },
    confidence: (consensus.confidence * read.length) / outcomes.length,
    basis: "samples",
    unaligned,
  };
}

function overlaps(one: SaidSpan, other: SaidSpan): boolean {
  return one.category === other.category && one.start < other.end && other.start < one.end;
}

function inOrder(spans: readonly SaidSpan[]): SaidSpan[] {
  return [...spans].sort((a, b) => a.start - b.start || a.end - b.end || (a.category < b.category ? -1 : 1));
}
