import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { FailedPart } from "@/lib/text/failed-part-words";
import type { PartFailure } from "./schema";

/** Makes a part of a version; null, and the reason is kept, where it cannot be made. */
export type Spare = <Made>(part: FailedPart, make: () => Promise<Made>) => Promise<Made | null>;

/**
 * Keeps a training from ending with a part that the rest of the version does not need: a text that an endpoint refuses, an
 * endpoint that is away. Only expected failures are survived: a bug is an error of another kind or `internal`, and a database
 * that is gone is none of ours.
 */
export function sparing(runId: string): { spare: Spare; failures: PartFailure[] } {
  const failures: PartFailure[] = [];
  return {
    failures,
    async spare(part, make) {
      try {
        return await make();
      } catch (error) {
        if (!(error instanceof AppError) || error.code === "internal") throw error;
        log.warn({ runId, part, err: error }, "a part of a version could not be made");
        failures.push({ part, reason: error.message });
        return null;
      }
    },
  };
}
