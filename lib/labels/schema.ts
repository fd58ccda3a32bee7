import { z } from "zod";
import type { MarkedText } from "@/lib/text/marked-text";
import { maxReasons } from "./reasons/schema";

/** Points of a comparison scale: 2 has no tie; the odd ones have it in the middle. */
export const comparisonScales = [2, 3, 5, 7, 9] as const;
export type ComparisonScale = (typeof comparisonScales)[number];
const scale = z.union(comparisonScales.map((points) => z.literal(points)));

const completionIndex = z.int().min(0);

/** Largest distance from the tie on a scale, in points: 1, 1, 2, 3, 4 for scales of 2, 3, 5, 7, 9. */
export function maxStrength(points: ComparisonScale): number {
  return Math.floor(points / 2);
}

/** Why one completion is preferred, as it was ticked, each once. */
export const tickedReasons = z
  .array(z.string().min(1).max(100))
  .min(1)
  .max(maxReasons)
  .refine((list) => new Set(list).size === list.length, "names a reason twice");

export const preferred = z.union([z.literal(0), z.literal(1), z.literal("tie")]);
export type Preferred = z.infer<typeof preferred>;

/**
 * Which of two completions is preferred. `pair` holds completion indices, smaller first; `preferred` counts within the
 * pair; `strength` is the distance from the tie in points of `scale` (0 exactly for a tie). With `cannotTell` it is no
 * tie: the preferred "tie" then says only that no completion is.
 */
export const comparisonPayload = z
  .strictObject({
    pair: z.tuple([completionIndex, completionIndex]),
    preferred,
    bothBad: z.boolean(),
    strength: z.int().min(0),
    scale,
    /** Nobody could say: such a label is kept, but it is no vote. */
    cannotTell: z.literal(true).optional(),
    /** What speaks for the preferred one, of the reasons that its aspect offered; left out where none was ticked. */
    reasons: tickedReasons.optional(),
  })
  .refine((p) => p.pair[0] < p.pair[1], {
    path: ["pair"],
    message: "must name two completions, the smaller index first",
  })
  .refine((p) => (p.preferred === "tie") === (p.strength === 0), {
    path: ["strength"],
    message: "is 0 for a tie and above 0 otherwise",
  })
  .refine((p) => p.strength <= maxStrength(p.scale), { path: ["strength"], message: "is larger than the scale allows" })
  .refine((p) => !p.bothBad || p.preferred === "tie", { path: ["bothBad"], message: "goes with a tie only" })
  .refine((p) => !p.cannotTell || (p.preferred === "tie" && !p.bothBad), {
    path: ["cannotTell"],
    message: "goes with a tie only, and not with both bad",
  })
  .refine((p) => !p.reasons || p.preferred !== "tie", { path: ["reasons"], message: "go with a preference only" });
export type ComparisonPayload = z.infer<typeof comparisonPayload>;

/** Signed strength in [-1, 1]: positive when pair[0] is preferred, 0 for a tie. */
export function signedStrength(payload: ComparisonPayload): number {
  if (payload.preferred === "tie") return 0;
  const size = payload.strength / maxStrength(payload.scale);
  return payload.preferred === 0 ? size : -size;
}

/** What the vote of an AI counts in a consensus, where a person's counts 1; 0 leaves AI out. */
export const labelWeight = z.number().min(0, "must be at least 0").max(1, "must be at most 1");

/** One rank a completion, 1 = best; equal ranks are ties. */
export const rankingPayload = z.strictObject({ ranks: z.array(z.int().min(1)).min(2) });

/** A value on a scale: a number, or a named category such as "yes". */
export const ratingPayload = z.strictObject({
  completion: completionIndex,
  aspect: z.string().min(1),
  value: z.union([z.number(), z.string().min(1)]),
});

/** A thumb, a reaction, or correctness (kind "correct"). */
export const binaryPayload = z.strictObject({
  completion: completionIndex,
  value: z.boolean(),
  kind: z.string().min(1),
});

/** What spans are on: a completion, or the prompt; where that is a conversation `message` says which message, from 0. */
const markedText = {
  completion: z.union([completionIndex, z.literal("prompt")]),
  message: z.int().min(0).optional(),
};

function isOneText({ completion, message }: MarkedText): boolean {
  return message === undefined || completion === "prompt";
}

const oneText = { path: ["message"], message: "goes with the prompt only" };

/** Marked stretches of text: half-open, in Unicode code points of the raw text. No spans means looked and found nothing. */
export const spansPayload = z.strictObject({
  covered: z.array(completionIndex),
  spans: z.array(
    z
      .strictObject({
        ...markedText,
        start: z.int().min(0),
        end: z.int().min(0),
        category: z.string(),
        severity: z.string().optional(),
        note: z.string().optional(),
      })
      .refine(isOneText, oneText),
  ),
});

const stepLabel = z.enum(["good", "neutral", "bad"]);

/** Judged steps of one completion; `firstError` is the index of the bad step with the first error, null when there is none. */
export const stepsPayload = z.strictObject({
  completion: completionIndex,
  steps: z.array(z.strictObject({ index: z.int().min(0), label: stepLabel, flags: z.array(z.string()) })),
  firstError: z.int().min(0).nullable(),
});
export type StepsPayload = z.infer<typeof stepsPayload>;

/**
 * A written critique, tied to spans by their ids if wished, with an optional rewritten completion. The id of a span on
 * the completion is "start-end:category", of one on the prompt or a message that with "prompt:" or "message-2:" before it
 * (lib/text/quotes.ts), among the spans of the same annotator that answer the question which the task schema names in
 * `quotes`; imported critiques may quote by other ids.
 */
export const critiquePayload = z.strictObject({
  completion: completionIndex,
  text: z.string(),
  quotes: z.array(z.string()),
  rewrite: z.string().nullable(),
});
export type CritiquePayload = z.infer<typeof critiquePayload>;

/**
 * What the comparisons of one pair come to. A draw (no answer ahead) is a tie marked as one, `bothBad` is what votes with
 * more than half of the weight say, `strength` is the weighted mean signed strength in [-1, 1], positive towards pair[0].
 */
const comparisonConsensus = z
  .strictObject({
    pair: z.tuple([completionIndex, completionIndex]),
    preferred,
    bothBad: z.boolean(),
    isDraw: z.boolean(),
    strength: z.number().min(-1).max(1),
  })
  .refine((p) => !p.isDraw || p.preferred === "tie", { path: ["isDraw"], message: "goes with a tie only" });

/** The order by mean rank, with the margins of every pair (lib/stats/rankings.ts); ranks have no gaps. */
const rankingConsensus = z.strictObject({
  ranks: z.array(z.int().min(1)),
  meanRanks: z.array(z.number().min(1)),
  margins: z.array(z.array(z.number())),
});

/** Numbers come to a mean (lib/stats/weighted-mean.ts), words and numbers mixed with words to the most given one. */
const ratingConsensus = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("number"),
    completion: completionIndex,
    mean: z.number(),
    /** Null with a single vote. */
    standardError: z.number().min(0).nullable(),
    median: z.number(),
  }),
  z.strictObject({
    kind: z.literal("category"),
    completion: completionIndex,
    /** Null in a draw. */
    value: z.string().nullable(),
    isDraw: z.boolean(),
  }),
]);

const binaryConsensus = z.strictObject({
  completion: completionIndex,
  kind: z.string(),
  /** Null in a draw. */
  value: z.boolean().nullable(),
  isDraw: z.boolean(),
});

/** Of one text: a completion that annotators covered, or a prompt or message that any marked (lib/stats/span-consensus.ts). */
const spansConsensus = z
  .strictObject({
    ...markedText,
    spans: z.array(
      z.strictObject({
        start: z.int().min(0),
        end: z.int().min(0),
        category: z.string(),
        /** Null where annotators gave none, and in a draw. */
        severity: z.string().nullable(),
        /** Mean share of the weight that marked its code points. */
        share: z.number().min(0).max(1),
      }),
    ),
  })
  .refine(isOneText, oneText);

/** Steps that anybody judged, and the first error; null with `isDraw` is a draw, without it no error. */
const stepsConsensus = z.strictObject({
  completion: completionIndex,
  steps: z.array(
    z.strictObject({
      index: z.int().min(0),
      /** Null in a draw. */
      label: stepLabel.nullable(),
      isDraw: z.boolean(),
      share: z.number().min(0).max(1),
      flags: z.array(z.string()),
    }),
  ),
  firstError: z.int().min(0).nullable(),
  isDraw: z.boolean(),
});

/** What the labels of one question come to, by their type. Critiques come to nothing. */
export const consensusPayloads = {
  comparison: comparisonConsensus,
  ranking: rankingConsensus,
  rating: ratingConsensus,
  binary: binaryConsensus,
  spans: spansConsensus,
  steps: stepsConsensus,
} as const;

export type ConsensusTypeName = keyof typeof consensusPayloads;
export type ConsensusPayload<T extends ConsensusTypeName = ConsensusTypeName> = z.infer<(typeof consensusPayloads)[T]>;

const voteCount = z.int().min(0);
const voteCounts = z.strictObject({ "0": voteCount, "1": voteCount, tie: voteCount });
/** Votes behind the consensus of a comparison by answer: one for each person, and one for each AI judge. */
export const comparisonCounts = z.strictObject({ human: voteCounts, lm: voteCounts });
export type ComparisonCounts = z.infer<typeof comparisonCounts>;

const answerCounts = z.record(z.string(), voteCount);
/**
 * The same for the other types, where answers are: dense ranks joined by commas, the value of a rating, "yes" and "no",
 * "marked" and "clean" for spans, and the index of the first error, "none" or "undecided" for steps.
 */
export const consensusCounts = z.strictObject({ human: answerCounts, lm: answerCounts });
export type ConsensusCounts = z.infer<typeof consensusCounts>;

export const labelPayloads = {
  comparison: comparisonPayload,
  ranking: rankingPayload,
  rating: ratingPayload,
  binary: binaryPayload,
  spans: spansPayload,
  steps: stepsPayload,
  critique: critiquePayload,
} as const;

export type LabelTypeName = keyof typeof labelPayloads;
export type LabelPayload = z.infer<(typeof labelPayloads)[LabelTypeName]>;
export type LabelPayloadOf<T extends LabelTypeName> = z.infer<(typeof labelPayloads)[T]>;

export const labelSources = ["human", "lm", "rm", "tool", "reaction", "demo"] as const;
export type LabelSourceName = (typeof labelSources)[number];

/** Who may suggest answers to people. */
export const suggestingSources = ["lm", "rm", "tool"] as const;

/** What an AI suggested to the person who gave a label: recorded by the server, which knows what it sent. */
export const labelSuggestion = z.strictObject({
  /** The label that was suggested; of spans in several labels the first. */
  label: z.uuid(),
  source: z.enum(suggestingSources),
  /** Beside the question, or as the answer that the person began with. */
  mode: z.enum(["shown", "prefilled"]),
  /** Whether the answer is what was suggested. */
  taken: z.boolean(),
});
export type LabelSuggestion = z.infer<typeof labelSuggestion>;

/** What an answer is about, as the label key holds it: "0-1" a pair, "2" a completion, "0,1" covered ones, "" all. */
export function labelTarget(type: LabelTypeName, payload: LabelPayload): string {
  switch (type) {
    case "comparison":
      return (payload as ComparisonPayload).pair.join("-");
    case "ranking":
      return "";
    case "spans":
      return (payload as z.infer<typeof spansPayload>).covered.join(",");
    default:
      return String((payload as { completion: number }).completion);
  }
}

const labelTypeNames = Object.keys(labelPayloads) as [LabelTypeName, ...LabelTypeName[]];

/** One revision of a label as the API answers it: every column, and the address of the person where it may be seen. */
export const labelView = z.object({
  id: z.uuid(),
  instanceId: z.uuid(),
  submissionId: z.uuid(),
  question: z.string(),
  type: z.enum(labelTypeNames),
  aspect: z.string(),
  target: z.string(),
  source: z.enum(labelSources),
  annotator: z.string(),
  annotatorEmail: z.string().nullable(),
  /** Name and version of the judge that gave it; null for everybody else. */
  annotatorName: z.string().nullable(),
  sample: z.int(),
  revision: z.int(),
  isCurrent: z.boolean(),
  payload: z.record(z.string(), z.unknown()),
  rationale: z.string().nullable(),
  /** The person said that they were not sure of the submission. */
  isUnsure: z.boolean(),
  suggestion: labelSuggestion.nullable(),
  /** Completion indices as shown, first to last; null when unknown. */
  shownOrder: z.array(z.int()).nullable(),
  schemaVersion: z.int().nullable(),
  guidelinesVersion: z.int().nullable(),
  activeMs: z.int().nullable(),
  /** In millionths of the project's currency; null for labels that cost nothing here. */
  costMicros: z.int().nullable(),
  meta: z.unknown(),
  createdAt: z.iso.datetime(),
});
export type LabelView = z.infer<typeof labelView>;

export const labelListQuery = z.strictObject({
  cursor: z.uuid().optional().describe("The nextCursor of the page before"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const labelListResponse = z.object({ items: z.array(labelView), nextCursor: z.string().nullable() });
