import { z } from "zod";
import { apiKey } from "@/lib/providers/schema";
import { confidenceBases, labelOutcomes, labelTypes, newLmConfig, questionId, verdictOutcome } from "../schema";

/** A config to try before it is saved, on an instance or on the first that can be judged. Nothing is stored. */
export const tryJudgeInput = z.strictObject({
  config: newLmConfig,
  apiKey: apiKey.optional(),
  /** Whose stored key to use when none is given. */
  judgeId: z.uuid().optional(),
  instanceId: z.uuid().optional(),
  /** Id of a question of the task schema; by default the first that the config answers. */
  question: questionId.optional(),
  /** Id of an aspect of it; by default the first. */
  aspect: questionId.optional(),
  /** The completion to be judged by its index, where they are judged one by one; by default the first. */
  completion: z.int().min(0).optional(),
  /** The indices of the two to be compared; by default those that a run compares. */
  pair: z
    .tuple([z.int().min(0), z.int().min(0)])
    .refine(([first, second]) => first < second, "must name two completions, the smaller index first")
    .optional(),
});
export type TryJudgeInput = z.output<typeof tryJudgeInput>;

/** What a config answers, order by order, each asked once. */
export const judgeTrial = z.object({
  instanceId: z.uuid(),
  outsideId: z.string(),
  question: z.string(),
  type: z.enum(labelTypes),
  aspect: z.string(),
  /** As labels have it. */
  target: z.string(),
  outcome: z.enum([...labelOutcomes, "invalid"]),
  /** By position in the pair, when the outcome is "preferred". */
  preferred: z.int().nullable(),
  /** Of the label that the answers come to; null when they come to none. */
  payload: z.record(z.string(), z.unknown()).nullable(),
  confidence: z.number().min(0).max(1),
  basis: z.enum(confidenceBases),
  costMicros: z.int(),
  orders: z.array(
    z.object({
      /** What it is about; in a tournament the pair. */
      target: z.string(),
      shownOrder: z.string(),
      messages: z.array(z.object({ role: z.string(), content: z.string() })),
      rawText: z.string(),
      thinking: z.string().nullable(),
      model: z.string().nullable(),
      outcome: verdictOutcome,
      inputTokens: z.int(),
      cachedInputTokens: z.int(),
      outputTokens: z.int(),
      latencyMs: z.int(),
      repairs: z.int(),
      costMicros: z.int(),
    }),
  ),
});
export type JudgeTrial = z.infer<typeof judgeTrial>;
