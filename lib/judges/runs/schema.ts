import { z } from "zod";
import { instanceFilters } from "@/lib/instances/schema";

/** Payload of a run of kind "judge". */
export const judgeRunPayload = z.strictObject({
  judgeId: z.uuid(),
  instances: z.array(z.uuid()).optional(),
  filter: instanceFilters.optional(),
});
export type JudgeRunPayload = z.infer<typeof judgeRunPayload>;

/** What a run of kind "judge" did: labels = preferred + tie + inconsistent + answered. */
export const judgeRunResult = z.object({
  judge: z.string(),
  version: z.int(),
  /** Instances that were looked at. */
  instances: z.int(),
  /** Instances that were left out, because they have images and judges are shown texts alone. */
  withImages: z.int(),
  verdicts: z.int(),
  labels: z.int(),
  preferred: z.int(),
  tie: z.int(),
  inconsistent: z.int(),
  /** Of questions that are no comparisons. */
  answered: z.int().default(0),
  invalid: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  costMicros: z.int(),
});
export type JudgeRunResult = z.infer<typeof judgeRunResult>;
