import { z } from "zod";
import { runStates } from "@/lib/jobs/schema";
import { labelPayloads, type LabelTypeName } from "@/lib/labels/schema";

const labelTypes = Object.keys(labelPayloads) as [LabelTypeName, ...LabelTypeName[]];

/** What a version of a judge has done of one question of the task schema. */
export const doneOfQuestion = z.object({
  question: z.string(),
  name: z.string(),
  type: z.enum(labelTypes),
  verdicts: z.int(),
  invalid: z.int(),
  labels: z.int(),
  /** Of the labels, those in which the orders of a comparison or ranking contradict each other. */
  inconsistent: z.int(),
  /** Mean of the labels; null while none says how sure it is. */
  confidence: z.number().nullable(),
  costMicros: z.int(),
});
export type DoneOfQuestion = z.infer<typeof doneOfQuestion>;

/** A run of a judge, with what came of it by outcome once it has succeeded. */
export const doneRun = z.object({
  id: z.uuid(),
  state: z.enum(runStates),
  error: z.string().nullable(),
  /** True when it failed because the next question could have passed a cap on money. */
  stoppedAtCap: z.boolean(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  result: z
    .object({
      version: z.int(),
      instances: z.int(),
      withImages: z.int(),
      labels: z.int(),
      preferred: z.int(),
      tie: z.int(),
      inconsistent: z.int(),
      answered: z.int(),
      invalid: z.int(),
      costMicros: z.int(),
    })
    .nullable(),
});
export type DoneRun = z.infer<typeof doneRun>;
