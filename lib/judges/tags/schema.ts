import { z } from "zod";
import { instanceFilters } from "@/lib/instances/schema";

/** `runs.payload` of a tagging run: instances, what a filter finds, or all of the project. */
export const tagRunPayload = z.strictObject({
  judgeId: z.uuid(),
  instances: z.array(z.uuid()).optional(),
  filter: instanceFilters.optional(),
});
export type TagRunPayload = z.infer<typeof tagRunPayload>;

/** `runs.result` of a tagging run. */
export const tagRunResult = z.object({
  judge: z.string(),
  version: z.int(),
  /** Which words it was asked with. */
  method: z.string(),
  /** Instances that got tags. */
  tagged: z.int(),
  /** Those about which nothing readable was said. */
  unreadable: z.int(),
  /** Those to which no answer came; the next run asks again. */
  unanswered: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  costMicros: z.int(),
});
export type TagRunResult = z.infer<typeof tagRunResult>;

/** How far a judge has tagged its project. */
export const taggingState = z.object({
  version: z.int(),
  /** Instances with tags by its current version. */
  tagged: z.int(),
  /** Those it could still tag. */
  pending: z.int(),
  /** Its newest tagging run; null before the first. */
  runId: z.uuid().nullable(),
});
export type TaggingState = z.infer<typeof taggingState>;
