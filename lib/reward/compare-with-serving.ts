import { prisma } from "@/lib/db/client";
import { throughOutage } from "@/lib/db/through-outage";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { FailedPart } from "@/lib/text/failed-part-words";
import { compareWithActive, type Served } from "./compare";
import type { PartFailure } from "./failures/schema";
import type { LoadedFacts } from "./evaluation/pair-facts";
import { openFeatureEncoder } from "./feature-encoder";
import { modelConfig, modelMetrics } from "./schema";
import type { TrainedVersion, TrainerJob } from "./trainer-protocol";
import type { Predicted } from "./training/evaluate";
import { completionsOf } from "./training/data";
import type { LoadedData } from "./training-data";

/**
 * Measures a new version beside the one that serves, which reads the same texts by its own encoder. Without a comparison
 * where none serves, there is no test pair or the serving version's encoder cannot be used any more.
 */
export async function compareWithServing(given: {
  job: TrainerJob;
  data: LoadedData;
  facts: LoadedFacts;
  predicted: Predicted;
  artifact: Uint8Array;
  /** Where the reason is kept that there is no comparison. */
  failures: PartFailure[];
}): Promise<Pick<TrainedVersion, "activeVersion" | "comparison">> {
  const { job, data, facts, predicted, artifact, failures } = given;
  const active = await throughOutage(() =>
    prisma.rewardModel.findFirst({
      where: { projectId: job.projectId, isActive: true },
      select: { version: true, artifact: true, config: true, metrics: true },
    }),
  );
  if (!active) return { activeVersion: null, comparison: null };
  const { version } = active;
  try {
    // A version that serves has its file.
    const served: Served = { version, artifact: active.artifact!, data: await featuresOf(active.config, given) };
    const comparison = await compareWithActive({ data, facts, predicted, artifact, active: served, seed: job.seed });
    const lost = lostParts(active.metrics, failures);
    return { activeVersion: version, comparison: comparison && { ...comparison, lost } };
  } catch (error) {
    // Gone, changed, or an endpoint that was switched off: all the more reason to train another.
    if (!(error instanceof AppError)) throw error;
    log.warn({ runId: job.runId, version, err: error }, "the serving version could not be compared");
    failures.push({ part: "comparison", reason: error.message });
    return { activeVersion: version, comparison: null };
  }
}

const servedParts = modelMetrics.pick({ heads: true, tastes: true, preference: true, dense: true });

/** What the serving version has of the parts that failed. */
function lostParts(metrics: unknown, failures: readonly PartFailure[]): FailedPart[] {
  const { heads, tastes, preference, dense } = servedParts.parse(metrics);
  const served: Partial<Record<FailedPart, boolean>> = {
    gate: heads?.gate != null,
    tastes: tastes?.kind === "fitted",
    preference: preference?.kind === "fitted",
    dense: (dense?.segments?.heads.length ?? 0) > 0 || dense?.steps != null,
  };
  return failures.map(({ part }) => part).filter((part) => served[part]);
}

/** What the serving version's encoder makes of the test completions. */
async function featuresOf(
  config: unknown,
  { job, data, predicted }: { job: TrainerJob; data: LoadedData; predicted: Predicted },
): Promise<Served["data"]> {
  const { encoder: own } = modelConfig.parse(config);
  const { version, width } = job.config.encoder;
  if (own.version === version && own.width === width) return data;
  const encoder = await openFeatureEncoder({ projectId: job.projectId, config: own });
  try {
    const places = completionsOf(predicted.pairs);
    const made = await encoder.encode(places.map((place) => data.texts[place]!));
    const features = [...data.features];
    places.forEach((place, i) => {
      features[place] = made[i]!;
    });
    return { features, sides: data.sides, width: encoder.width };
  } finally {
    await encoder.close();
  }
}
