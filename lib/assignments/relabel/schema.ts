import { z } from "zod";

/** What an older version of a question, or of the guidelines, was answered. */
const affected = z.object({
  /** The version since which it is as it is now. */
  since: z.int(),
  submissions: z.int(),
  people: z.int(),
});

/** Submissions of members that follow an older version, without those that an open set asks about because of it already. */
export const affectedView = z.object({
  questions: z.array(affected.extend({ id: z.string(), name: z.string() })),
  guidelines: affected,
});
export type AffectedView = z.infer<typeof affectedView>;

export const relabelInput = z.union([
  z.strictObject({
    questions: z
      .array(z.string())
      .min(1, "needs at least one question")
      .describe("Questions whose answers to an older version are asked for again"),
  }),
  z.strictObject({ guidelines: z.literal(true).describe("All that was submitted under older guidelines") }),
]);
export type RelabelInput = z.infer<typeof relabelInput>;

export const relabelSetView = z.object({
  id: z.uuid(),
  createdAt: z.iso.datetime(),
  /** Null for the command line. */
  createdBy: z.string().nullable(),
  /** Questions that had changed; none where the guidelines had. */
  questions: z.array(z.string()),
  schemaVersion: z.int(),
  guidelinesVersion: z.int(),
  /** Submissions asked for, and those of them not given yet. */
  submissions: z.int(),
  left: z.int(),
  /** When the rest was let be; null while people are asked, and when all is done. */
  stoppedAt: z.iso.datetime().nullable(),
});
export type RelabelSetView = z.infer<typeof relabelSetView>;
export const relabelSetList = z.object({ items: z.array(relabelSetView) });
export type RelabelSetList = z.infer<typeof relabelSetList>;
