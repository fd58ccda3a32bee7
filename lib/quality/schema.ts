import { z } from "zod";

/** Percent agreement between people on one aspect. */
export const aspectAgreement = z.object({
  aspect: z.string(),
  agreement: z.number().describe("Share of the pairs of labels on one comparison that give the same answer, 0 to 1"),
  interval: z.array(z.number()).length(2).describe("95 % interval over comparisons: low and high"),
  units: z.int().describe("Comparisons with labels of at least two people"),
  labels: z.int().describe("Labels on them"),
  pairs: z.int().describe("Pairs of labels on them"),
});
export type AspectAgreement = z.infer<typeof aspectAgreement>;

/** Only aspects on which two people have compared the same pair. */
export const qualityResponse = z.object({ agreement: z.array(aspectAgreement) });
export type QualityResponse = z.infer<typeof qualityResponse>;
