import { z } from "zod";
import { suspectKinds } from "./schema";

/** A doubtful label as a trainer hands it over and the database keeps it. */
export const storedSuspect = z.object({
  kind: z.enum(suspectKinds),
  rank: z.int(),
  instanceId: z.uuid(),
  question: z.string(),
  target: z.string(),
  answer: z.union([z.literal(0), z.literal(1)]),
  mu: z.number(),
  sd: z.number(),
  wrong: z.number(),
  /** Who gave this answer, named as labels have it. */
  annotators: z.array(z.string()),
});
export type StoredSuspect = z.infer<typeof storedSuspect>;
