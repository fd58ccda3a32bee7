import { z } from "zod";
import { figure } from "../../learn/schema";

/** Prompts with tags, of one dimension, that a classifier needs at least. */
export const fewestTagged = 50;

/** How well a classifier tells one dimension of prompts that it did not learn from. */
export const dimensionFigures = z.object({
  /** Such as "expertise_level". */
  dimension: z.string(),
  /** Tagged prompts that it learned from, each once. */
  prompts: z.int(),
  /** Values that are common enough to be learned. */
  values: z.int(),
  /** Share of prompts whose first value it names; null where fewer than two values can be learned. */
  accuracy: figure.nullable(),
  /** The same of always naming the commonest value. */
  majority: z.number(),
  /** Whether it is so much better that its tags are written. */
  isWritten: z.boolean(),
});
export type DimensionFigures = z.infer<typeof dimensionFigures>;

/** `runs.result` of a run of the classifier. */
export const classifierRunResult = z.object({
  /** The classifier and its encoder. */
  method: z.string(),
  dimensions: z.array(dimensionFigures),
  /** Instances that it tagged. */
  tagged: z.int(),
});
export type ClassifierRunResult = z.infer<typeof classifierRunResult>;

/** How far the classifier has tagged a project, and how well. */
export const classifierState = z.object({
  method: z.string(),
  /** Prompts that others have tagged, and how many of them it needs. */
  prompts: z.int(),
  fewest: z.int(),
  /** Instances with tags by the classifier, and those without any tags. */
  tagged: z.int(),
  untagged: z.int(),
  /** Of its newest run that succeeded; null before that. */
  dimensions: z.array(dimensionFigures).nullable(),
  /** Its newest run; null before the first. */
  runId: z.uuid().nullable(),
});
export type ClassifierState = z.infer<typeof classifierState>;
