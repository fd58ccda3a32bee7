import { z } from "zod";
import { nameText, type MarkedText } from "@/lib/text/marked-text";
import { aggregatePair } from "./aggregate-pair";
import {
  binaryRule,
  categoryRule,
  numberRule,
  rankingRule,
  spansRule,
  stepsRule,
  type Aggregate,
  type Rule,
  type Weights,
} from "./consensus-rules";
import {
  binaryPayload,
  comparisonPayload,
  rankingPayload,
  ratingPayload,
  spansPayload,
  stepsPayload,
  type ConsensusTypeName,
} from "./schema";
import { votersOf } from "./votes";

type VotingLabel<P> = { id: string; source: "human" | "lm"; annotator: string; sample: number; payload: P };

const labelsOf = {
  comparison: votingLabels(comparisonPayload),
  ranking: votingLabels(rankingPayload),
  rating: votingLabels(ratingPayload),
  binary: votingLabels(binaryPayload),
  spans: votingLabels(spansPayload),
  steps: votingLabels(stepsPayload),
} satisfies Record<ConsensusTypeName, z.ZodType>;

/**
 * What the current labels of one question come to, by target: one aggregate, none when no vote counts, and of spans one
 * for each text that annotators covered. All labels are about one target, but for spans of one question.
 */
export function aggregate(
  { type, target, labels }: { type: ConsensusTypeName; target: string; labels: unknown },
  weights: Weights,
): { target: string; aggregate: Aggregate }[] {
  const one = (found: Aggregate | null) => (found ? [{ target, aggregate: found }] : []);
  switch (type) {
    case "comparison":
      return one(aggregatePair(labelsOf.comparison.parse(labels), weights));
    case "ranking":
      return one(aggregateBy(rankingRule, labelsOf.ranking.parse(labels), weights));
    case "rating": {
      const ratings = labelsOf.rating.parse(labels);
      // Who counts decides: words of an old version of a judge, or of AI that is left out, turn no numbers into categories.
      const counting = votersOf(ratings.filter(({ source }) => weights[source] > 0)).flat();
      return counting.every(({ payload }) => typeof payload.value === "number")
        ? one(aggregateBy(numberRule, ratings, weights))
        : one(aggregateBy(categoryRule, ratings, weights));
    }
    case "binary":
      return one(aggregateBy(binaryRule, labelsOf.binary.parse(labels), weights));
    case "spans":
      return aggregateSpans(labelsOf.spans.parse(labels), weights);
    case "steps":
      return one(aggregateBy(stepsRule, labelsOf.steps.parse(labels), weights));
  }
}

type SpansLabel = z.infer<typeof labelsOf.spans>[number];

/** Whoever answered saw the prompt; it, or a message, has a consensus only where a vote that counts marked something in it. */
function aggregateSpans(labels: SpansLabel[], weights: Weights): { target: string; aggregate: Aggregate }[] {
  const of = (text: MarkedText, about: SpansLabel[]) => {
    const found = aggregateBy(spansRule(text), about, weights);
    return found ? [{ target: nameText(text), aggregate: found }] : [];
  };
  const covered = new Set(labels.flatMap(({ payload }) => payload.covered));
  const counting = labels.filter(({ source }) => weights[source] > 0);
  const marked = counting.flatMap(({ payload }) => payload.spans.filter(({ completion }) => completion === "prompt"));
  const asked = new Map(marked.map(({ message }) => [message, message === undefined ? {} : { message }]));
  // Who marked the prompt of a conversation as one text was asked about no message.
  const aboutMessages = labels.filter(({ payload }) => !payload.spans.some(isOnWholePrompt));
  return [
    ...[...covered].flatMap((index) =>
      of(
        { completion: index },
        labels.filter(({ payload }) => payload.covered.includes(index)),
      ),
    ),
    ...[...asked.values()].flatMap((at) =>
      of({ completion: "prompt", ...at }, "message" in at ? aboutMessages : labels),
    ),
  ];
}

const isOnWholePrompt = ({ completion, message }: MarkedText): boolean =>
  completion === "prompt" && message === undefined;

function aggregateBy<P, V, T extends ConsensusTypeName>(
  rule: Rule<P, V, T>,
  labels: readonly VotingLabel<P>[],
  weights: Weights,
): Aggregate | null {
  // By annotator, so that sums do not depend on who was first; ids would say who was.
  const sorted = labels.toSorted((a, b) => compare(keyOf(a), keyOf(b)) || a.sample - b.sample);
  const voters = votersOf(sorted).map((samples) => ({
    source: samples[0]!.source,
    vote: rule.vote(samples),
    labelIds: samples.map(({ id }) => id),
  }));
  const votes = voters.flatMap(({ vote, source }) => (vote === null ? [] : [{ value: vote, source }]));
  const counting = votes.filter(({ source }) => weights[source] > 0);
  if (counting.length === 0) return null;
  const isWeighted = counting.some(({ source }) => source === "lm");
  const decision = rule.decide(
    counting.map(({ value, source }) => ({ value, weight: weights[source] })),
    sorted[0]!.payload,
  );
  const answersOf = (by: "human" | "lm") =>
    votes.filter(({ source }) => source === by).map(({ value }) => rule.answer(value));
  return {
    ...decision,
    method: isWeighted ? `weighted-${rule.method}` : rule.method,
    counts: { human: countEach(answersOf("human")), lm: countEach(answersOf("lm")) },
    label_count: counting.length,
    label_ids: voters.flatMap(({ labelIds }) => labelIds).sort(),
  };
}

function keyOf({ source, annotator }: VotingLabel<unknown>): string {
  return `${source} ${annotator}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function countEach(answers: string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const answer of answers.sort()) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function votingLabels<P extends z.ZodType>(payload: P) {
  return z.array(
    z.object({
      id: z.uuid(),
      source: z.enum(["human", "lm"]),
      annotator: z.string(),
      sample: z.int(),
      payload,
    }),
  );
}
