import { prisma } from "@/lib/db/client";
import { throughOutage } from "@/lib/db/through-outage";
import { openFeatureEncoder } from "@/lib/reward/feature-encoder";
import type { TrainerJob, TrainerMessage } from "@/lib/reward/trainer-protocol";
import type { ArtifactPart } from "@/lib/reward/training/score";
import { loadDenseData } from "./load";
import type { DenseMetrics } from "./schema";
import { trainDense } from "./train-dense";

/** Between two pieces of news. */
const newsMs = 200;

/**
 * Trains a version's heads for segments and steps from its snapshot. Nothing is stored before the version is: a trainer that
 * dies does this part again, to the same heads. Nothing for versions without a configuration of it.
 */
export async function trainDenseVersion(
  job: TrainerJob,
  tell: (message: TrainerMessage) => void,
): Promise<{ part: ArtifactPart | null; metrics: DenseMetrics | null }> {
  const { projectId, snapshotId, seed, config } = job;
  if (!config.dense) return { part: null, metrics: null };
  const started = performance.now();
  tell({ kind: "phase", phase: "dense" });
  let lastNews = -Infinity;
  const news = (done: number, total: number, unit: "texts" | "steps"): void => {
    if (done < total && performance.now() - lastNews < newsMs) return;
    lastNews = performance.now();
    tell({ kind: "dense", done, total, unit });
  };
  const encoder = await openFeatureEncoder({
    ...{ projectId, config: config.encoder },
    onProgress: (done, total) => news(done, total, "texts"),
  });
  try {
    const wanted = { projectId, snapshotId, config: config.dense, lmWeight: config.lmWeight, encoder };
    const data = await throughOutage(() => loadDenseData(prisma, wanted));
    const { part, metrics } = await trainDense({
      ...{ data, config: config.dense, seed },
      onStep: ({ step, totalSteps }) => news(step, totalSteps, "steps"),
    });
    return { part, metrics: metrics && { ...metrics, seconds: (performance.now() - started) / 1000 } };
  } finally {
    await encoder.close();
  }
}
