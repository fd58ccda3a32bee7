import { votersOf } from "@/lib/labels/votes";
import type { LabelPayloadOf } from "@/lib/labels/schema";
import type { NeutralSteps } from "./schema";

/** A label as far as targets are made of it. */
export type Said<P> = { source: "human" | "lm"; annotator: string; question: string; sample: number; payload: P };

type SpansPayload = LabelPayloadOf<"spans">;
type StepsPayload = LabelPayloadOf<"steps">;

/** A soft target: the share of the weight that says yes, and the weight, at most 1 as a pair's is; null where nobody looked. */
export type SoftTarget = { target: number; weight: number } | null;

/** Of annotators' shares of yes; each has one vote, however often they were asked. */
type Vote = { source: "human" | "lm"; share: number };

/**
 * What the labels of one question say of the segments of a completion: for each, the weighted share of those who looked at
 * the completion whose spans of the category cover at least half of the segment. Null for all where nobody looked.
 */
export function segmentTargets(given: {
  labels: readonly Said<SpansPayload>[];
  completion: number;
  category: string;
  segments: readonly { start: number; end: number }[];
  lmWeight: number;
}): SoftTarget[] {
  const { labels, completion, category, segments, lmWeight } = given;
  const voters = votersOf(labels.filter(({ payload }) => payload.covered.includes(completion)));
  const marked = voters.map((own) => own.map(({ payload }) => marksOf(payload, completion, category)));
  return segments.map((segment) =>
    softTarget(
      voters.map((own, i) => ({
        source: own[0]!.source,
        share: mean(marked[i]!.map((marks) => Number(isHalfCovered(segment, marks)))),
      })),
      lmWeight,
    ),
  );
}

/**
 * What the labels of steps say of the `count` steps of a completion: for each, the weighted share of those who judged it who
 * find it good. Up to an annotator's first error a step that they passed over is good; what comes after it is undefined, and
 * not bad.
 */
export function stepTargets(given: {
  labels: readonly Said<StepsPayload>[];
  count: number;
  neutral: NeutralSteps;
  lmWeight: number;
}): SoftTarget[] {
  const { labels, count, neutral, lmWeight } = given;
  const voters = votersOf(labels).map((own) => ({
    source: own[0]!.source,
    samples: own.map(({ payload }) => judged(payload, count, neutral)),
  }));
  return Array.from({ length: count }, (_, index) =>
    softTarget(
      voters.flatMap(({ source, samples }) => {
        const said = samples.flatMap((sample) => sample[index] ?? []);
        return said.length === 0 ? [] : [{ source, share: mean(said) }];
      }),
      lmWeight,
    ),
  );
}

/** How good a label finds each step; null where it says nothing of it. */
function judged({ steps, firstError }: StepsPayload, count: number, neutral: NeutralSteps): (number | null)[] {
  const byIndex = new Map(steps.map(({ index, label }) => [index, label]));
  const valueOf = { good: 1, neutral: { good: 1, half: 0.5, "left-out": null }[neutral], bad: 0 };
  return Array.from({ length: count }, (_, index) => {
    if (firstError !== null && index > firstError) return null;
    if (index === firstError) return 0;
    const label = byIndex.get(index);
    if (label) return valueOf[label];
    // A label that says where the first error is, or that there is none, says of the steps before that they have none.
    return firstError !== null || steps.length === 0 ? 1 : null;
  });
}

function softTarget(votes: readonly Vote[], lmWeight: number): SoftTarget {
  const weightOf = ({ source }: Vote): number => (source === "human" ? 1 : lmWeight);
  const total = votes.reduce((sum, vote) => sum + weightOf(vote), 0);
  if (total === 0) return null;
  const yes = votes.reduce((sum, vote) => sum + weightOf(vote) * vote.share, 0);
  return { target: yes / total, weight: Math.min(1, total) };
}

type Mark = { start: number; end: number };

/** The stretches that a label marks with a category, in order and apart. */
function marksOf({ spans }: SpansPayload, completion: number, category: string): Mark[] {
  const own = spans.filter((span) => span.completion === completion && span.category === category);
  const marks: Mark[] = [];
  for (const { start, end } of own.toSorted((a, b) => a.start - b.start)) {
    const last = marks.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else marks.push({ start, end });
  }
  return marks;
}

function isHalfCovered({ start, end }: Mark, marks: readonly Mark[]): boolean {
  const covered = marks.reduce(
    (sum, mark) => sum + Math.max(0, Math.min(end, mark.end) - Math.max(start, mark.start)),
    0,
  );
  return 2 * covered >= end - start;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
