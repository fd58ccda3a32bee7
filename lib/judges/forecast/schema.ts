import { z } from "zod";
import { LabelType } from "@/lib/db/generated/enums";
import { limitView } from "@/lib/ledger/schema";

const expected = z.object({ low: z.number(), expected: z.number(), high: z.number() });

const figures = {
  verdicts: z.int(),
  /** "verdicts": from what those of this version took; "texts": from the length of the texts, by a rule of thumb. */
  basis: z.enum(["verdicts", "texts"]),
  /** How many verdicts, or texts, that is drawn from. */
  sample: z.int(),
  inputTokens: expected,
  outputTokens: expected,
  costMicros: expected,
};

/** What a run would take, with bounds that hold about 19 times of 20. */
export const judgeForecast = z.object({
  version: z.int(),
  currency: z.string(),
  instances: z.int(),
  ...figures,
  types: z.array(z.object({ type: z.enum(LabelType), ...figures })),
  /** At the judge's pace and the provider's limits; null while nothing is known of either. */
  seconds: z.number().nullable(),
  caps: z.array(
    limitView.extend({
      /** Whether all of it fits under the cap. */
      fits: z.enum(["yes", "perhaps", "no"]),
      /** Verdicts that about fit under it; null where they cost nothing. */
      verdicts: z.int().nullable(),
    }),
  ),
});
export type JudgeForecast = z.infer<typeof judgeForecast>;
