import { z } from "zod";
import { taskSchema } from "@/lib/projects/schema";
import { answers, assignmentView } from "../schema";

/** A task schema that need not be stored, to be looked at as annotators would see it. */
export const previewInput = z.strictObject({
  taskSchema,
  /** Markdown. */
  guidelines: z.string().max(100_000, "can have at most 100000 characters").default(""),
  /** The id of an instance; without it the first is shown, as it is where that one does not fit the questions. */
  instance: z.uuid().optional(),
  /** Answers that revealed a text, by question id. */
  sealed: answers.default({}),
});
export type PreviewInput = z.input<typeof previewInput>;

export const previewResponse = z.object({
  /** Nothing in it is stored; its id is the instance's. Null when the project has instances, but none that fits. */
  assignment: assignmentView.nullable(),
  /** The id that the importer of the instance knows it by; null for the example of a project without instances. */
  outsideId: z.string().nullable(),
  /** The id of the next instance that fits; null after the last. */
  next: z.uuid().nullable(),
  /** Sanitised HTML; null where there are no guidelines. */
  guidelines: z.string().nullable(),
});
export type PreviewResponse = z.infer<typeof previewResponse>;
