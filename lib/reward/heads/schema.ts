import { z } from "zod";

const weight = z.number().min(0);

/** How heads beside the pairs are trained; the defaults are how versions from before them were. */
export const headTraining = {
  /** Ties as an outcome of their own where there are enough of them (Davidson), or as half of each other one. */
  ties: z.enum(["davidson", "half"]).default("half"),
  headWeights: z
    .object({ pairs: weight, rankings: weight, ratings: weight, binary: weight, aspects: weight })
    .default({ pairs: 1, rankings: 1, ratings: 0.5, binary: 0.5, aspects: 0.5 }),
};
