import { z } from "zod";
import { estimate } from "../estimate";

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
      /** The share to expect if preferences are a scale, and answers as noisy as Bradley-Terry says. */
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
