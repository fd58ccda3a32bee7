import { prisma } from "@/lib/db/client";
import type { RunContext } from "@/lib/jobs/runs";
import { rerouteAfterScoring } from "../reroute-after-scoring";
import { computeFeatures } from "./compute";
import { countMissing } from "./missing";
import type { FeaturesRunResult } from "./schema";

/** Finding a new cut among a million scores takes half a minute. */
const rerouteTimeoutMs = 5 * 60_000;

/** The handler of runs of kind "routing-features": what is stored is its checkpoint. */
export async function featuresRun({ projectId, save }: RunContext): Promise<FeaturesRunResult> {
  const total = await countMissing(projectId);
  const computed = await computeFeatures({
    projectId,
    onBatch: (db, done) => save(db, { progress: { done, total: Math.max(done, total), unit: "instances" } }),
  });
  const options = { timeout: rerouteTimeoutMs, maxWait: 10_000 };
  await prisma.$transaction((db) => rerouteAfterScoring(db, projectId), options);
  return computed;
}
