import { z } from "zod";
import { taskSchema } from "../schema";

export const effectsInput = z.strictObject({ taskSchema });

const count = z.int();

/** What of the labels of one question a change leaves without a question, or under another one than they answered. */
const lostLabels = z.object({
  /** The aspect, or the category of spans, that is not asked about any more; null for the whole question. */
  part: z.string().nullable(),
  /** Of people, and of AI. */
  people: count,
  ai: count,
});

const lostReasons = z.object({
  lost: z.array(z.object({ aspect: z.string(), reason: z.string(), people: count, ai: count })),
  /** What a re-label set for the question could then ask people for again. */
  submissions: count,
});

const questionEffect = z.object({
  id: z.string(),
  name: z.string(),
  change: z.enum(["new", "same", "changed", "removed"]),
  /** Why this cannot be saved; null where it can. */
  refused: z.string().nullable(),
  /** Current labels under the question's id. */
  people: count,
  ai: count,
  /** Those of them that answer nothing any more. They stay stored and exported. */
  lost: z.array(lostLabels),
  /** Of comparisons those that have a reason ticked which their aspect does not offer any more; null where none has. */
  reasons: lostReasons.nullable(),
  /** Comparisons on another scale than the new one, which keep theirs. */
  otherScale: count,
});
export type QuestionEffect = z.infer<typeof questionEffect>;

/** What saving a task schema would do, which nothing has done yet. */
export const schemaEffects = z.object({
  /** Whether it differs from the one in use. */
  isChange: z.boolean(),
  /** Those in use and those of the change, in its order, with what is removed behind. */
  questions: z.array(questionEffect),
  held: z.object({
    /** Instances that people hold at the moment. */
    instances: count,
    /** Of them with answers that are not submitted: these begin anew, as other questions are asked. */
    drafts: count,
    /** Of them those that would be taken back, as nobody could be asked about them. */
    takenBack: count,
  }),
  /** Instances that people can be asked about. */
  labelable: z.object({ before: count, after: count }),
  /** Whether judges would look through what is routed to AI again. */
  startsJudges: z.boolean(),
});
export type SchemaEffects = z.infer<typeof schemaEffects>;
