import { z } from "zod";
import { failedParts } from "@/lib/text/failed-part-words";

/** A part that a version does without, and why it could not be made. */
export const partFailure = z.object({ part: z.enum(failedParts), reason: z.string() });
export type PartFailure = z.infer<typeof partFailure>;
