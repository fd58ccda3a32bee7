import { z } from "zod";

/** Which instance to try a judge on: one by its id, the next or the one before, one drawn at random, or the first. */
export const subjectQuery = z
  .strictObject({
    q: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .optional()
      .describe('Words, "a phrase" or -word in prompt and completions; or an outside id'),
    after: z.uuid().optional().describe("The instance before it"),
    before: z.uuid().optional().describe("The instance after it"),
    random: z.enum(["yes"]).optional().describe("Any of them"),
  })
  .refine(
    ({ after, before, random }) => [after, before, random].filter((one) => one !== undefined).length <= 1,
    "takes one of after, before and random",
  );
export type SubjectQuery = z.output<typeof subjectQuery>;

/** An instance that a judge can be tried on, with what its answers are about. */
export const subjectView = z.object({
  id: z.uuid(),
  outsideId: z.string(),
  /** The beginning of the prompt, or of the conversation's last message. */
  excerpt: z.string(),
  hasReference: z.boolean(),
  /** `steps` are what is judged step by step. */
  completions: z.array(z.object({ outsideId: z.string(), text: z.string(), steps: z.array(z.string()) })),
});
export type SubjectView = z.infer<typeof subjectView>;

/** Null where no instance fits. */
export const foundSubject = z.object({ item: subjectView.nullable() });
export type FoundSubject = z.infer<typeof foundSubject>;
