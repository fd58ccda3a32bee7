import { z } from "zod";

/** How the vectors of a text's tokens become one: their mean, that of the first token, or that of the last. */
export const poolings = ["mean", "cls", "last"] as const;
export type Pooling = (typeof poolings)[number];
export const pooling = z.enum(poolings);
