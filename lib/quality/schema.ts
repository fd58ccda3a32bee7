import { z } from "zod";

/** Percent agreement between people on one aspect. `agreement` and `interval` are null until two people share a comparison. */
export const aspectAgreement = z.object({
  aspect: z.string(),
  /** Share of the pairs of labels on one comparison that give the same answer, 0 to 1. */
  agreement: z.number().nullable(),
  /** 95 % bootstrap interval over comparisons: low and high. */
  interval: z.array(z.number()).length(2).nullable(),
  /** Comparisons with labels of at least two people. */
  units: z.int(),
  labels: z.int(),
  pairs: z.int(),
});
export type AspectAgreement = z.infer<typeof aspectAgreement>;

export const qualityResponse = z.object({ agreement: z.array(aspectAgreement) });
export type QualityResponse = z.infer<typeof qualityResponse>;
