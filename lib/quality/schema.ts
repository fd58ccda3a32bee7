import { z } from "zod";

/** Percent agreement on one aspect. */
export const aspectAgreement = z.object({
  aspect: z.string(),
  agreement: z.number().describe("Share of the pairs of labels on one comparison that give the same answer, 0 to 1"),
  interval: z.array(z.number()).length(2).describe("95 % interval over comparisons: low and high"),
  units: z.int().describe("Comparisons with a pair of labels"),
  labels: z.int().describe("Labels on them"),
  pairs: z.int().describe("Pairs of labels on them"),
});
export type AspectAgreement = z.infer<typeof aspectAgreement>;

/** Only aspects on which there is a pair of labels of the kind that is measured. */
export const qualityResponse = z.object({
  agreement: z.array(aspectAgreement).describe("Between people: pairs are two people on one comparison"),
  withJudges: z
    .array(aspectAgreement)
    .describe(
      "Of people with judges: pairs are a person and a judge on one comparison; people who saw what AI suggests are left out",
    ),
  leftOut: z
    .int()
    .describe(
      "Labels on comparisons that judges have labelled, left out of withJudges as their people saw a suggestion",
    ),
});
export type QualityResponse = z.infer<typeof qualityResponse>;
