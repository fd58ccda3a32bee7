import { z } from "zod";

export const interval = z.tuple([z.number(), z.number()]);

/** A mean with its 95 % interval, from drawing groups (prompts) again. */
export const estimate = z.object({
  mean: z.number(),
  interval,
  values: z.int(),
  groups: z.int(),
});
export type EstimateView = z.infer<typeof estimate>;
