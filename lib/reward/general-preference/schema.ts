import { z } from "zod";
import { estimate } from "../estimate";

/** The output of a version's file with completions' vectors: [n, 2p]; `comparePreference` makes margins of them. */
export const preferenceOutput = "preference";

const fitted = z.object({
  kind: z.literal("fitted"),
  pairs: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
  /** Log-likelihood of held-out answers less Bradley-Terry's on the same pairs, in nats a pair; ties count half each way. */
  likelihoodGain: estimate.nullable(),
  accuracy: estimate.nullable(),
  bradleyTerry: estimate.nullable(),
  /** Null where no prompt that trained nothing has three completions that were compared with each other. */
  cycles: z
    .object({
      /** Share of the triples of completions in which a is preferred to b, b to c and c to a. */
      share: estimate,
      /** The share, at most, if preferences are a scale and all that contradicts Bradley-Terry is noise. */
      byNoise: z.number(),
    })
    .nullable(),
  temperature: z.number(),
});
export type FittedPreference = z.infer<typeof fitted>;

/** Whether a version's preferences are a scale, as far as held-out answers tell. */
export const preferenceMetrics = z.discriminatedUnion("kind", [
  fitted,
  z.object({ kind: z.literal("skipped"), reason: z.string() }),
]);
export type PreferenceMetrics = z.infer<typeof preferenceMetrics>;

/** Completions of one prompt compared with each other by the general preference model. */
export const generalComparison = z.object({
  preferred: z
    .array(z.array(z.number()))
    .describe("Probability that the row's completion is preferred to the column's"),
  winRates: z.array(z.number()).describe("Mean probability of being preferred to each of the others"),
  minimax: z.array(z.number()).describe("The mixture that no completion beats in expectation"),
});
export type GeneralComparison = z.infer<typeof generalComparison>;
