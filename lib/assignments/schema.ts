import { z } from "zod";
import { imageView } from "@/lib/images/schema";
import { tickedReasons, type LabelTypeName } from "@/lib/labels/schema";
import { comparisonWords, revealedTexts, taskSchema } from "@/lib/projects/schema";

/** Assignments one person may hold in a project: the one on the screen and the next, fetched ahead. */
export const maxHeld = 2;

/**
 * A choice between two completions, in the positions shown: a point of the scale from 1 (first completion much better)
 * to the scale's last (second much better), or that both are bad.
 */
const point = z.int().min(1).max(9);
export const choice = z.union([point, z.literal("both-bad"), z.literal("cannot-tell")]);
export type Choice = z.infer<typeof choice>;

/** A choice, or a preference with the reasons that were ticked for it. */
const reasonedChoice = z.union([choice, z.strictObject({ choice: point, reasons: tickedReasons })]);

/** An answer lists this many completions at most, and marks this many places. */
const maxListed = 500;

/** One entry a completion, in the order shown; null for one that is not answered yet. */
function each<T extends z.ZodType>(entry: T) {
  return z.array(entry.nullable()).max(maxListed);
}

/** A number of the scale, or the value of a category. */
const ratingValues = each(z.union([z.number(), z.string().max(100)]));

/** By aspect id. */
function byAspect<T extends z.ZodType>(entry: T) {
  return z.record(z.string().max(64), entry).refine((all) => Object.keys(all).length <= 50, "has more than 50 aspects");
}

const position = z.int().min(0).max(maxListed);
const messageName = z.templateLiteral(["message-", z.string().regex(/(?:0|[1-9]\d{0,4})/)]);
const stepLabel = z.enum(["good", "neutral", "bad"]);

/** Characters of the note at a marked stretch. */
export const maxMarkNote = 2000;

/** The answer to a question of each type, in the positions shown; parts may be missing while it is a draft. */
export const answerShapes = {
  comparison: byAspect(reasonedChoice),
  /** 1 is best, equal ranks are ties. */
  ranking: z.strictObject({ ranks: each(z.int().min(1).max(maxListed)) }),
  rating: byAspect(ratingValues),
  binary: z.strictObject({ values: each(z.boolean()) }),
  spans: z.strictObject({
    /** The completions that were looked through. */
    covered: z.array(position).max(maxListed),
    /** Half-open, in Unicode code points of the raw text. */
    spans: z
      .array(
        z.strictObject({
          /** A completion by its position, the prompt, or a message of the conversation, such as "message-2", from 0. */
          on: z.union([position, z.literal("prompt"), messageName]),
          start: z.int().min(0),
          end: z.int().min(0),
          category: z.string().max(64),
          severity: z.string().max(100).optional(),
          note: z.string().max(maxMarkNote).optional(),
        }),
      )
      .max(maxListed),
  }),
  steps: z.strictObject({
    completions: z
      .array(
        z.strictObject({
          labels: z.array(stepLabel.nullable()).max(10_000),
          flags: z.array(z.array(z.string().max(100)).max(20)).max(10_000),
          firstError: z.int().min(0).nullable(),
        }),
      )
      .max(maxListed),
  }),
  critique: z.strictObject({
    completions: z
      .array(
        z.strictObject({
          text: z.string().max(20_000),
          rewrite: z.string().max(100_000).nullable(),
          /** Ids of spans on the completion or what it answers (lib/text/quotes.ts); left out where none is quoted. */
          quotes: z.array(z.string().max(100)).min(1).max(maxListed).optional(),
        }),
      )
      .max(maxListed),
  }),
} as const satisfies Record<LabelTypeName, z.ZodType>;

export type AnswerOf<T extends LabelTypeName> = z.infer<(typeof answerShapes)[T]>;

/** The answer to one question. Which of these fits is decided by the type of the question. */
export const answer = z.union(
  [
    answerShapes.ranking,
    answerShapes.binary,
    answerShapes.spans,
    answerShapes.steps,
    answerShapes.critique,
    answerShapes.comparison,
    answerShapes.rating,
  ],
  { error: "is not the answer to a question of any type" },
);
export type Answer = z.infer<typeof answer>;

/** Answers by question id. */
export const answers = z
  .record(z.string().max(64), answer)
  .refine((all) => Object.keys(all).length <= 50, "has more than 50 questions");
export type Answers = z.infer<typeof answers>;

/** That something is wrong with the instance, whatever is answered; the note may be empty. */
const flag = z.strictObject({ note: z.string().trim().max(2000, "can have at most 2000 characters") });
export type Flag = z.infer<typeof flag>;
/** Null takes the flag back; left out, it stays as it is. */
const flagChange = flag.nullable().optional();
/** The annotator is not sure of these answers. */
const isUnsure = z.boolean();

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
  isUnsure: isUnsure.optional(),
  flag: flagChange,
  activeMs,
  /** When it was written, by the clock of who wrote it: tells which of two drafts is newer. */
  writtenAt: z.iso.datetime().optional(),
  /** When the assignment is submitted already: the submission that this draft corrects. */
  revises: z.uuid().optional(),
});
export type DraftInput = z.infer<typeof draftInput>;

/** What is stored of a draft. */
export const storedDraft = draftInput.omit({ revises: true, flag: true });

/** The answer to a question that reveals a text, given for good. */
export const revealInput = z.strictObject({ schemaVersion: z.int().min(1), question: z.string().max(64), answer });
export type RevealInput = z.infer<typeof revealInput>;

/** What is stored of such answers. */
export const sealedAnswers = z.strictObject({ schemaVersion: z.int().min(1), answers });

export const submitInput = z.strictObject({
  /** Made by the client, the same for every repetition of one submission. */
  submissionId: z.uuid(),
  /** As the assignment had them when the annotator answered. */
  schemaVersion: z.int().min(1),
  guidelinesVersion: z.int().min(1),
  answers,
  reason: reason.default(""),
  isUnsure: isUnsure.default(false),
  flag: flagChange,
  activeMs,
  held,
  /** The submission that this one corrects; without it an assignment can be submitted once. */
  revises: z.uuid().optional(),
});
export type SubmitInput = z.infer<typeof submitInput>;

const skipReason = z.string().trim().max(2000, "can have at most 2000 characters");
export const skipInput = z.strictObject({ reason: skipReason.optional(), flag: flagChange, held });
export type SkipInput = z.infer<typeof skipInput>;

export const skipReasonInput = z.strictObject({ reason: skipReason });

const assignmentState = z.enum(["leased", "submitted", "skipped", "released", "expired"]);

const html = z.string().describe("Sanitised HTML");
const images = z.array(imageView).describe("Images beside the text, in their order");
const map = z
  .array(z.int())
  .readonly()
  .describe("Where the characters of the HTML's text stand in the raw text: three or four numbers a stretch");

/** The same text as it looks and as it was written. */
const shownText = z.object({
  html,
  map,
  text: z.string().describe("As imported; offsets of spans count its Unicode code points"),
});

/** An assignment as its annotator sees it. Which completion is which, who wrote it and what others said is not in it. */
export const assignmentView = z.object({
  id: z.uuid(),
  state: assignmentState,
  leaseUntil: z.iso.datetime(),
  /** Either prompt or messages is set, unless the prompt is hidden. */
  prompt: shownText.nullable(),
  messages: z.array(shownText.extend({ role: z.string(), images })).nullable(),
  /** Those of the prompt, or of the whole conversation; none while the prompt is hidden. */
  images,
  context: shownText.nullable(),
  /** Null also where the task schema does not show it. */
  reference: shownText.nullable(),
  /** Texts that are sent once a question has its answer, by `reveal`. */
  hidden: z.array(z.object({ show: z.enum(revealedTexts), after: z.string() })),
  /** In the order shown. */
  completions: z.array(
    shownText.extend({
      label: z.string(),
      images,
      /** The steps to be judged, as imported or as cut from the text; null where no question is about steps. */
      steps: z.array(shownText).nullable(),
    }),
  ),
  schema: taskSchema,
  schemaVersion: z.int(),
  guidelinesVersion: z.int(),
  /** What AI suggests, by question; null where the project shows no suggestions. */
  suggestions: z.object({ mode: z.enum(["shown", "prefilled"]), answers }).nullable(),
  /** Answers not yet submitted. */
  draft: z.object({ answers, reason, isUnsure, activeMs, writtenAt: z.iso.datetime().nullable() }).nullable(),
  /** The submission that counts, once there is one. */
  submitted: z.object({ submissionId: z.uuid(), submittedAt: z.iso.datetime(), answers, reason, isUnsure }).nullable(),
  /** All that has changed since it was answered, where it is asked for again, until it is submitted anew. */
  askedAgain: z.object({ questions: z.array(z.string()), guidelines: z.boolean() }).nullable(),
  /** Answers that revealed a text, by question id: they stay as they are. */
  sealed: answers,
  /** Null when there is none, or none that a researcher has not dealt with yet. */
  flag: flag.nullable(),
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

const said = { question: z.string(), aspect: z.string() };
/**
 * One answer as it was shown. Of a comparison `scale` is the number of points of its scale, and `reasons` were ticked, none
 * where they are left out.
 */
export const historyAnswer = z.discriminatedUnion("type", [
  z.object({
    ...{ ...said, type: z.literal("comparison"), answer: choice, scale: z.int() },
    /** What its points said, where the question had words of its own. */
    words: comparisonWords.optional(),
    reasons: tickedReasons.optional(),
  }),
  z.object({ ...said, type: z.literal("ranking"), answer: answerShapes.ranking }),
  z.object({ ...said, type: z.literal("rating"), answer: ratingValues }),
  z.object({ ...said, type: z.literal("binary"), answer: answerShapes.binary }),
  z.object({ ...said, type: z.literal("spans"), answer: answerShapes.spans }),
  z.object({ ...said, type: z.literal("steps"), answer: answerShapes.steps }),
  z.object({ ...said, type: z.literal("critique"), answer: answerShapes.critique }),
]);
export type HistoryAnswer = z.infer<typeof historyAnswer>;

export const historyItem = z.object({
  id: z.uuid(),
  state: assignmentState,
  /** When it was submitted first, or skipped. */
  at: z.iso.datetime(),
  /** The beginning of the prompt, or of its last message, as plain text; null while it is hidden. */
  promptStart: z.string().nullable(),
  /** Empty for a skipped one. */
  answers: z.array(historyAnswer),
});
export type HistoryItem = z.infer<typeof historyItem>;
export const historyResponse = z.object({ items: z.array(historyItem), nextCursor: z.string().nullable() });
export type HistoryResponse = z.infer<typeof historyResponse>;

export const progressResponse = z.object({
  /** Assignments I submitted since midnight UTC, those I was asked for again included. */
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

export const progressDaysResponse = z.object({
  /** Since midnight UTC. */
  today: z.object({
    /** For the first time, or because they were asked for again. */
    submitted: z.int(),
    skipped: z.int(),
    /** Of the assignments submitted today for the first time; null without one. */
    medianActiveMs: z.number().nullable(),
    /** Of everything submitted today, corrections included. */
    activeMs: z.number(),
  }),
  /** The last seven days in UTC, the oldest first. */
  days: z.array(z.object({ day: z.iso.date(), submitted: z.int() })),
});
export type ProgressDaysResponse = z.infer<typeof progressDaysResponse>;
