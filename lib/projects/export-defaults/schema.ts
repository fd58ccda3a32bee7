import { z } from "zod";

/**
 * Which file of a snapshot a project is exported by, unless another is asked for: preferences on one aspect, or the labels
 * of every type. The formats and options are those of lib/datasets.
 */
export const exportDefaults = z.discriminatedUnion("format", [
  z.strictObject({
    format: z.enum(["trl", "trl-conversational"]),
    rows: z.enum(["consensus", "labels"]),
    aspect: z.string().min(1).max(100),
  }),
  z.strictObject({ format: z.literal("labels") }),
]);
export type ExportDefaults = z.infer<typeof exportDefaults>;
