import { z } from "zod";
import { sourcedImageView } from "@/lib/images/schema";
import {
  comparisonCounts,
  consensusCounts,
  consensusPayloads,
  labelSources,
  labelView,
  preferred,
  type ConsensusTypeName,
} from "@/lib/labels/schema";

export const routeKinds = ["human", "lm", "dual"] as const;
export const splits = ["train", "test"] as const;

/**
 * How far the labelling of an instance is: nobody was asked yet, some labels of people are still wanted or being given,
 * it is routed to AI alone and has no label of one yet, all wanted labels are there, or nobody can be asked (a missing
 * text, too few or too many completions for the task schema).
 */
export const instanceStatuses = ["unlabelled", "in-progress", "waiting-for-ai", "complete", "not-labelable"] as const;
export type InstanceStatus = (typeof instanceStatuses)[number];

/** How the comparisons behind a consensus agree: all the same (at least two), most the same, or no answer ahead. */
export const agreementKinds = ["unanimous", "majority", "draw"] as const;

export const instanceFilters = z.strictObject({
  q: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .optional()
    .describe('Words, "a phrase" or -word in prompt and completions; or an outside id'),
  status: z.enum(instanceStatuses).optional().describe("How far its labelling is"),
  route: z.enum(routeKinds).optional().describe("Who is to label it"),
  source: z.enum(labelSources).optional().describe("Has a current label of this source"),
  agreement: z.enum(agreementKinds).optional().describe("How the comparisons behind a consensus agree"),
  model: z.string().min(1).max(500).optional().describe("Has a completion of this model"),
  split: z.enum(splits).optional().describe("Part it was dealt to at import"),
  tag: z.string().min(1).max(200).optional().describe("Has this tag, such as a subject"),
  flagged: z.enum(["yes"]).optional().describe("An annotator flagged it, and no researcher has resolved that"),
});
export type InstanceFilters = z.infer<typeof instanceFilters>;

export const instanceListQuery = z.strictObject({
  ...instanceFilters.shape,
  cursor: z.uuid().optional().describe("The nextCursor of the page before"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type InstanceListQuery = z.infer<typeof instanceListQuery>;

/** A consensus as the API answers it: the columns that all types share, and those that the type decides. */
function consensusViewOf<T extends ConsensusTypeName, C extends z.ZodType, N extends z.ZodType>(
  type: T,
  counts: C,
  confidence: N,
) {
  return z.object({
    question: z.string(),
    type: z.literal(type),
    aspect: z.string(),
    /** As labels have it; of spans the text, a completion's index, "prompt" or "message-2". */
    target: z.string(),
    method: z.string(),
    payload: consensusPayloads[type],
    /** How much the votes agree with the payload, 0 to 1; null where they have no such measure, such as a mean. */
    confidence,
    /** Votes by source and answer. */
    counts,
    labelCount: z.int(),
    labelIds: z.array(z.uuid()),
    computedAt: z.iso.datetime(),
  });
}

const share = z.number().min(0).max(1);

export const consensusView = z.discriminatedUnion("type", [
  consensusViewOf("comparison", comparisonCounts, share),
  consensusViewOf("ranking", consensusCounts, share.nullable()),
  consensusViewOf("rating", consensusCounts, share.nullable()),
  consensusViewOf("binary", consensusCounts, share),
  consensusViewOf("spans", consensusCounts, share),
  consensusViewOf("steps", consensusCounts, share),
]);
export type ConsensusView<T extends ConsensusTypeName = ConsensusTypeName> = Extract<
  z.infer<typeof consensusView>,
  { type: T }
>;

export const instanceListItem = z.object({
  id: z.uuid(),
  outsideId: z.string(),
  /** The beginning of the prompt, or of its last message, as plain text. */
  promptStart: z.string(),
  completions: z.int(),
  /** Images of prompt, conversation and completions, but for those within texts. */
  images: z.int(),
  models: z.array(z.string()),
  status: z.enum(instanceStatuses),
  route: z.enum(routeKinds),
  split: z.enum(splits),
  /** Current labels by source. */
  labels: z.partialRecord(z.enum(labelSources), z.int()),
  /** Of the first comparison: null until people or judges have labelled it. */
  consensus: z.object({ preferred, confidence: z.number(), isDraw: z.boolean(), labelCount: z.int() }).nullable(),
  /** Annotators flagged it, and no researcher has resolved that. */
  isFlagged: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type InstanceListItem = z.infer<typeof instanceListItem>;

export const instanceListResponse = z.object({ items: z.array(instanceListItem), nextCursor: z.string().nullable() });

export const instanceParams = z.object({ id: z.uuid() });
export const flagParams = z.object({ id: z.uuid(), assignmentId: z.uuid() });

const images = z.array(sourcedImageView);
const message = z.object({ role: z.string(), content: z.string(), images: images.optional() });
export type Message = z.infer<typeof message>;

const json = z.unknown();

/** Everything that is stored about one instance. Texts are as imported. */
export const instanceResponse = z.object({
  id: z.uuid(),
  outsideId: z.string(),
  prompt: z.string().nullable(),
  messages: z.array(message).nullable(),
  images: images.describe("Of the prompt, or of the whole conversation"),
  context: z.string().nullable(),
  reference: z.string().nullable(),
  gold: json,
  meta: json,
  split: z.enum(splits),
  route: z.enum(routeKinds),
  status: z.enum(instanceStatuses),
  isLabelable: z.boolean(),
  openSlots: z.int(),
  createdAt: z.iso.datetime(),
  completions: z.array(
    z.object({
      index: z.int(),
      outsideId: z.string(),
      text: z.string().nullable(),
      model: z.string().nullable(),
      steps: z.array(z.string()).nullable().describe("As imported"),
      /** What is judged step by step: imported, or cut as the task schema says; null where it asks for no steps. */
      judgedSteps: z.array(z.string()).nullable(),
      images,
      meta: json,
    }),
  ),
  /** All revisions, oldest first. */
  labels: z.array(labelView),
  consensus: z.array(consensusView),
  /** Newest first. */
  routes: z.array(
    z.object({
      policyVersion: z.int(),
      route: z.enum(routeKinds),
      propensity: z.number(),
      score: z.number().nullable(),
      reason: z.string(),
      createdAt: z.iso.datetime(),
    }),
  ),
  /** What it asks, by dimension, the most important first; with who set them and what was asked. */
  tags: z.array(
    z.object({
      ...{ dimension: z.string(), value: z.string(), source: z.enum(labelSources), annotator: z.string() },
      ...{ method: z.string(), createdAt: z.iso.datetime() },
    }),
  ),
  /** What the active reward model says of each completion that it has scored, by index. */
  rewards: z.array(
    z.object({
      index: z.int(),
      modelVersion: z.int(),
      reward: z.number(),
      /** With length and format counted in. */
      rewardWithSides: z.number(),
      /** Each member's reward. */
      members: z.array(z.number()),
    }),
  ),
  assignments: z.array(
    z.object({
      id: z.uuid(),
      annotatorId: z.uuid(),
      annotatorEmail: z.string().nullable(),
      state: z.enum(["leased", "submitted", "skipped", "released", "expired"]),
      leaseUntil: z.iso.datetime(),
      shownOrder: z.array(z.int()),
      activeMs: z.int(),
      skipReason: z.string().nullable(),
      /** What its annotator said is wrong with the instance, and when a researcher had dealt with it. */
      flag: z.object({ at: z.iso.datetime(), note: z.string(), resolvedAt: z.iso.datetime().nullable() }).nullable(),
      createdAt: z.iso.datetime(),
      updatedAt: z.iso.datetime(),
      submittedAt: z.iso.datetime().nullable(),
    }),
  ),
});
export type InstanceResponse = z.infer<typeof instanceResponse>;
