import { z } from "zod";
import { comparisonScales, preferred, tickedReasons, type LabelTypeName } from "@/lib/labels/schema";
import { orList, saying } from "./record-fault";

/** Longest names, in bytes of UTF-8: they are in the key of labels, and PostgreSQL's index entries hold 2.7 kB. */
const maxNameBytes = 400;

export const shortName = z
  .string()
  .min(1)
  .refine((name) => Buffer.byteLength(name) <= maxNameBytes, `is longer than ${maxNameBytes} bytes`);

const index = z.int().min(0);
const text = z.string().nullish();

/** Fields of every label. */
export const common = {
  annotator: z.union([shortName, z.int().transform(String)], saying("must be a name (a string or a whole number)")),
  kind: z.enum(["human", "lm", "rm", "tool", "reaction"]),
  question: shortName.nullish(),
  aspect: shortName.nullish(),
  rationale: text,
  order: z.array(index).nullish(),
  sample: z.int().min(0).max(1_000_000).nullish(),
};

const preferredIndex = z.union(preferred.options, saying('must be 0, 1 or "tie"'));
const scalePoints = z.union(
  comparisonScales.map((points) => z.literal(points)),
  saying(`must be ${orList(comparisonScales)} points`),
);

const comparisonLabel = z.object({
  ...common,
  type: z.literal("comparison"),
  pair: z.tuple([index, index], saying("must be the indices of two completions, such as [0, 1]")).nullish(),
  preferred: preferredIndex.nullish(),
  strength: z.int().min(0).nullish(),
  scale: scalePoints.nullish(),
  /** A place on a slider of `scale` points: 1 = certainly the first. */
  value: z.int().min(1).nullish(),
  bothBad: z.boolean().nullish(),
  /** Whoever was asked could not say; `preferred` may be left out. */
  cannotTell: z.boolean().nullish(),
  /** Why the preferred one is; what else has this name is no field of ours. */
  reasons: tickedReasons.optional().catch(undefined),
});

const rankingLabel = z.object({
  ...common,
  type: z.literal("ranking"),
  ranks: z.union(
    [z.array(z.int().min(1)).min(2), z.array(z.string()).min(2)],
    saying("must be one rank a completion (1 = best, equal = tie), or the ids of the completions, best first"),
  ),
});

const ratingLabel = z.object({
  ...common,
  type: z.literal("rating"),
  completion: index.nullish(),
  value: z.union([z.number(), z.string().min(1)], saying("must be a number or a word")),
});

const binaryLabel = z.object({
  ...common,
  type: z.literal("binary"),
  completion: index.nullish(),
  value: z.boolean().nullish(),
  /** What the value says, such as "thumb". */
  reaction: shortName.nullish(),
  correct: z
    .union(
      [z.boolean(), z.array(z.boolean().nullable())],
      saying("must be true or false, or a list with one a completion"),
    )
    .nullish(),
});

const spansLabel = z.object({
  ...common,
  type: z.literal("spans"),
  covered: z.array(index).nullish(),
  spans: z.array(
    z.object({
      completion: z.union([index, z.literal("prompt")], saying("must be the index of a completion")).nullish(),
      on: z.enum(["prompt", "completion"]).nullish(),
      /** Of a span on the prompt the message, from 0; elsewhere it is no field of ours. */
      message: z.unknown().optional(),
      start: index,
      end: index,
      category: z.string(),
      severity: text,
      note: text,
    }),
  ),
});

/** What the words for a step mean. */
export const stepLabels = {
  ok: "good",
  good: "good",
  redundant: "neutral",
  neutral: "neutral",
  error: "bad",
  bad: "bad",
} as const;
const stepsLabel = z.object({
  ...common,
  type: z.literal("steps"),
  completion: index.nullish(),
  steps: z
    .array(
      z.object({
        index,
        label: z.enum(Object.keys(stepLabels) as (keyof typeof stepLabels)[]),
        flags: z.array(z.string()).nullish(),
      }),
    )
    .nullish(),
  first_error: index.nullable().optional(),
  firstError: index.nullable().optional(),
});

const critiqueLabel = z.object({
  ...common,
  type: z.literal("critique"),
  completion: index.nullish(),
  text: z.string(),
  quotes: z.array(z.string()).nullish(),
  rewrite: text,
});

/** A label of an import record. Other fields than these are no fault; they go to meta. */
export const importLabel = z.discriminatedUnion(
  "type",
  [comparisonLabel, rankingLabel, ratingLabel, binaryLabel, spansLabel, stepsLabel, critiqueLabel],
  saying("must be comparison, ranking, rating, binary, spans, steps or critique"),
);
export type LabelInput = z.output<typeof importLabel>;
export type LabelInputOf<T extends LabelTypeName> = Extract<LabelInput, { type: T }>;
