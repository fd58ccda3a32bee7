import { z } from "zod";
import { comparisonScales } from "@/lib/labels/schema";

export const projectSlug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be 1 to 63 small letters, digits and hyphens, not starting with a hyphen");

const aspect = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, "must be small letters, digits, hyphens or underscores"),
  name: z.string().trim().min(1).max(100),
  definition: z.string().trim().max(2000),
});

/** A comparison of two completions, asked once per aspect. */
const comparisonQuestion = z.strictObject({
  id: z.literal("comparison"),
  type: z.literal("comparison"),
  scale: z.union(comparisonScales.map((points) => z.literal(points))),
  aspects: z
    .array(aspect)
    .min(1, "needs at least one aspect")
    .max(8, "can have at most eight aspects")
    .refine((list) => new Set(list.map((one) => one.id)).size === list.length, "has two aspects with one id"),
  /** Offers "both bad" beside the tie. */
  bothBad: z.boolean(),
  /** A written reason. */
  reason: z.enum(["off", "optional", "required"]),
});
export type ComparisonQuestion = z.infer<typeof comparisonQuestion>;

/** Which questions an instance asks; versioned with the project. */
export const taskSchema = z.strictObject({ questions: z.tuple([comparisonQuestion]) });
export type TaskSchema = z.infer<typeof taskSchema>;

export const defaultTaskSchema: TaskSchema = {
  questions: [
    {
      id: "comparison",
      type: "comparison",
      scale: 5,
      aspects: [{ id: "overall", name: "Overall", definition: "Which completion is the better answer to the prompt, all things considered?" }],
      bothBad: true,
      reason: "optional",
    },
  ],
};
