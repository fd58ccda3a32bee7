import { z } from "zod";
import { comparisonQuestion } from "@/lib/projects/schema";

/** Assignments one person may hold in a project: the one on the screen and the next, fetched ahead. */
export const maxHeld = 2;

/**
 * An answer to a comparison, in the positions shown: a point of the scale from 1 (first completion much better) to the
 * scale's last (second much better), or that both are bad.
 */
export const answer = z.union([z.int().min(1).max(9), z.literal("both-bad")]);
export type Answer = z.infer<typeof answer>;

/** Answers by aspect id. */
export const answers = z
  .record(z.string().max(64), answer)
  .refine((all) => Object.keys(all).length <= 50, "has more than 50 aspects");
export type Answers = z.infer<typeof answers>;

const reason = z.string().max(10_000, "can have at most 10000 characters");
/** Milliseconds during which the annotator was looking at this assignment and doing something; a day at most. */
const activeMs = z.int().min(0).max(86_400_000);
/** Assignments the caller has already, which must not be handed out again. */
const held = z.array(z.uuid()).max(10).default([]);

export const assignmentParams = z.object({ id: z.uuid() });

export const nextAssignmentInput = z.strictObject({ held });

export const draftInput = z.strictObject({
  /** The version of the task schema that the answers are about. */
  schemaVersion: z.int().min(1),
  answers,
  reason,
  activeMs,
  /** When the assignment is submitted already: the submission that this draft corrects. */
  revises: z.uuid().optional(),
});
export type DraftInput = z.infer<typeof draftInput>;

/** What is stored of a draft. */
export const storedDraft = draftInput.omit({ revises: true });

export const submitInput = z.strictObject({
  /** Made by the client, the same for every repetition of one submission. */
  submissionId: z.uuid(),
  /** As the assignment had them when the annotator answered. */
  schemaVersion: z.int().min(1),
  guidelinesVersion: z.int().min(1),
  answers,
  reason: reason.default(""),
  activeMs,
  held,
  /** The submission that this one corrects; without it an assignment can be submitted once. */
  revises: z.uuid().optional(),
});
export type SubmitInput = z.infer<typeof submitInput>;

export const skipInput = z.strictObject({ reason: z.string().trim().max(2000).optional(), held });
export type SkipInput = z.infer<typeof skipInput>;

const assignmentState = z.enum(["leased", "submitted", "skipped", "released", "expired"]);

const html = z.string().describe("Sanitised HTML");

/** An assignment as its annotator sees it. Which completion is which, who wrote it and what others said is not in it. */
export const assignmentView = z.object({
  id: z.uuid(),
  state: assignmentState,
  leaseUntil: z.iso.datetime(),
  /** Either prompt or messages is set. */
  prompt: z.object({ html }).nullable(),
  messages: z.array(z.object({ role: z.string(), html })).nullable(),
  contextHtml: html.nullable(),
  /** In the order shown. */
  completions: z.array(z.object({ label: z.string(), html, text: z.string() })),
  schema: comparisonQuestion,
  schemaVersion: z.int(),
  guidelinesVersion: z.int(),
  /** Answers not yet submitted. */
  draft: z.object({ answers, reason, activeMs }).nullable(),
  /** The submission that counts, once there is one. */
  submitted: z.object({ submissionId: z.uuid(), submittedAt: z.iso.datetime(), answers, reason }).nullable(),
});
export type AssignmentView = z.infer<typeof assignmentView>;

export const draftResponse = z.object({
  savedAt: z.iso.datetime(),
  state: assignmentState,
  /** Saving a draft of a leased assignment extends its lease. */
  leaseUntil: z.iso.datetime(),
});
export type DraftResponse = z.infer<typeof draftResponse>;

export const submitResponse = z.object({
  saved: z.object({
    assignmentId: z.uuid(),
    submissionId: z.uuid(),
    /** Labels that this submission stored; a revision stores those that changed. */
    labels: z.int(),
  }),
  next: assignmentView.nullable(),
});
export type SubmitResponse = z.infer<typeof submitResponse>;

export const skipResponse = z.object({ next: assignmentView.nullable() });
export type SkipResponse = z.infer<typeof skipResponse>;

export const historyQuery = z.strictObject({
  state: z.enum(["submitted", "skipped"]).default("submitted"),
  /** The nextCursor of the page before. */
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type HistoryQuery = z.infer<typeof historyQuery>;

export const historyItem = z.object({
  id: z.uuid(),
  state: assignmentState,
  /** When it was submitted first, or skipped. */
  at: z.iso.datetime(),
  /** The beginning of the prompt, or of its last message, as plain text. */
  promptStart: z.string(),
  /** As shown; empty for a skipped one. */
  answers: z.array(z.object({ aspect: z.string(), answer, scale: z.int() })),
});
export type HistoryItem = z.infer<typeof historyItem>;
export const historyResponse = z.object({ items: z.array(historyItem), nextCursor: z.string().nullable() });
export type HistoryResponse = z.infer<typeof historyResponse>;

export const progressResponse = z.object({
  /** Assignments I submitted since midnight UTC. */
  submittedToday: z.int(),
  /** Instances I can label now, those I hold included; counted up to 1,000. */
  remaining: z.int(),
  /** Whether more are left than were counted. */
  hasMore: z.boolean(),
  /** Instances I have not seen whose last slots others hold at the moment; counted up to 1,000. */
  lentToOthers: z.int(),
  /** Whether the project has instances that people can be asked about. */
  hasInstances: z.boolean(),
});
export type ProgressResponse = z.infer<typeof progressResponse>;
