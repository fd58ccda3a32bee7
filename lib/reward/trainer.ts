import { prisma } from "@/lib/db/client";
import { throughOutage } from "@/lib/db/through-outage";
import { meanByGroup } from "@/lib/stats/bootstrap";
import { log } from "@/lib/log";
import { loadCheckpoint, saveCheckpoint } from "./checkpoints";
import { bySource, testSources } from "./compare";
import { compareWithServing } from "./compare-with-serving";
import { trainDenseVersion } from "./dense/train-version";
import type { PartFailure } from "./failures/schema";
import { sparing, type Spare } from "./failures/spare";
import { evaluateVersion } from "./evaluation/evaluate-version";
import { loadPairFacts, type LoadedFacts } from "./evaluation/pair-facts";
import { encodingProvider } from "./fast-encoder";
import { openFeatureEncoder } from "./feature-encoder";
import { fastestProvider } from "./fastest-provider";
import { makePreference } from "./general-preference/make-preference";
import { measureNoise, prepareLabels, type PreparedLabels } from "./noise/prepare-labels";
import { rewardQuantiles } from "./reward-quantiles";
import type { ModelMetrics } from "./schema";
import { makeTastes } from "./tastes/make-tastes";
import { isDecided, outcomeOf, pairsOf, requireTrainable, type TrainingData, type TrainingPair } from "./training/data";
import { creditOf, type Predicted } from "./training/evaluate";
import { streamFor } from "./training/sampling";
import { exportRewardModel } from "./training/score";
import { shuffledLabelAccuracy } from "./training/shuffled-control";
import { trainRewardModel, type TrainedRewardModel } from "./training/train-reward-model";
import type { TrainedVersion, TrainerJob, TrainerMessage } from "./trainer-protocol";
import { loadTrainingData, type LoadedData } from "./training-data";

/** News of single steps, at most this often. */
const stepNewsMs = 200;

/**
 * Trains, measures and exports a version from a snapshot, telling how far it is. Goes on from the newest stored state of
 * the run. Parts that the main heads do not need are done without where they fail, and the version says so. Blocks its thread
 * for as long as a step takes: call it in a process of its own. Throws `invalid` where labels are too few.
 */
export async function trainVersion(job: TrainerJob, tell: (message: TrainerMessage) => void): Promise<TrainedVersion> {
  const { seed, config } = job;
  const { spare, failures } = sparing(job.runId);
  tell({ kind: "phase", phase: "loading" });
  const loaded = await loadData(job, spare, tell);
  requireTrainable(loaded.pairs);
  const facts = await throughOutage(() => loadPairFacts(prisma, { ...job, origins: loaded.origins }));
  const prepared = await prepareLabels({ data: loaded, facts, config, seed });
  const { data } = prepared;
  const resume = await throughOutage(() => loadCheckpoint(prisma, job));
  tell({ kind: "phase", phase: "training" });
  if (resume) tell({ kind: "epoch", history: resume.history });
  const started = performance.now();
  let lastNews = -Infinity;
  const trained = await trainRewardModel({
    ...learnedFrom(data),
    ...{ config: config.training, seed, resume },
    chooseProvider: async (trial) => {
      const choice = await fastestProvider(trial);
      log.info({ runId: job.runId, ...choice }, "chose where to train");
      return choice;
    },
    onStep(progress) {
      if (performance.now() - lastNews < stepNewsMs && progress.step < progress.totalSteps) return;
      lastNews = performance.now();
      tell({ kind: "step", ...progress });
    },
    async onEpoch(checkpoint) {
      await throughOutage(() => saveCheckpoint(prisma, job, checkpoint));
      tell({ kind: "epoch", history: checkpoint.history });
    },
  });
  const trainSeconds = (performance.now() - started) / 1000;
  return await finishVersion({ job, tell, spare, failures, facts, prepared, trained, trainSeconds });
}

type Finish = {
  job: TrainerJob;
  tell: (message: TrainerMessage) => void;
  spare: Spare;
  failures: PartFailure[];
  facts: LoadedFacts;
  prepared: PreparedLabels;
  trained: TrainedRewardModel;
  trainSeconds: number;
};

/** Makes what stands beside the main heads, and measures. */
async function finishVersion(given: Finish): Promise<TrainedVersion> {
  const { job, tell, spare, failures, facts, prepared, trained, trainSeconds } = given;
  const { seed, config } = job;
  const { data } = prepared;
  const { standard } = trained.model;
  tell({ kind: "phase", phase: "tastes" });
  const tastes = await spare("tastes", () => makeTastes({ data, standard, predicted: trained.predicted, seed }));
  tell({ kind: "phase", phase: "preference" });
  const preference = await spare("preference", () => makePreference({ data, standard, seed }));
  const dense = await spare("dense", () => trainDenseVersion(job, tell));
  tell({ kind: "phase", phase: "measuring" });
  const parts = [tastes, preference, dense].flatMap((made) => made?.part ?? []);
  const artifact = Uint8Array.from(
    exportRewardModel(
      trained.model,
      {
        encoder: config.encoder.version,
        width: String(config.encoder.width),
        snapshot: job.snapshotId,
        seed: String(seed),
      },
      [...trained.heads.parts, ...parts],
    ),
  );
  const noise = await spare("noise", () => measureNoise(prepared, job));
  return {
    artifact,
    ...(await compareWithServing({ job, data, facts, predicted: trained.predicted, artifact, failures })),
    metrics: {
      ...(await measure(data, trained, job)),
      ...{ trainSeconds, rewardQuantiles: await rewardQuantiles(artifact, data) },
      encodedOn: encodingProvider(config.encoder.version),
      tastes: tastes?.metrics ?? null,
      preference: preference?.metrics ?? null,
      dense: dense?.metrics ?? null,
      evaluation: await spare("evaluation", () => evaluateVersion({ job, data, facts, trained, artifact, spare })),
      noise: noise?.metrics ?? null,
      failures,
    },
    suspects: noise?.suspects ?? [],
  };
}

async function loadData(
  { projectId, snapshotId, config }: TrainerJob,
  spare: Spare,
  tell: (message: TrainerMessage) => void,
): Promise<LoadedData> {
  let isTold = false;
  const encoder = await openFeatureEncoder({
    ...{ projectId, config: config.encoder },
    onProgress(done, total) {
      if (!isTold) tell({ kind: "phase", phase: "encoding" });
      isTold = true;
      tell({ kind: "encoded", done, total });
    },
  });
  try {
    const { question, aspect, from, heads, lmWeight } = config;
    const wanted = { projectId, snapshotId, question, aspect, from, heads, lmWeight, encoder, spare };
    return await throughOutage(() => loadTrainingData(prisma, wanted));
  } finally {
    await encoder.close();
  }
}

const learnedFrom = ({ pairs, features, width, sides, heads, pairsAreInduced }: LoadedData): TrainingData => ({
  ...{ pairs, features, width, sides },
  ...(heads && { heads }),
  ...(pairsAreInduced !== undefined && { pairsAreInduced }),
});

async function measure(
  data: LoadedData,
  { evaluation, predicted, model, heads, history, bestEpochs, provider, memberCorrelation }: TrainedRewardModel,
  { seed, config }: TrainerJob,
): Promise<
  Omit<
    ModelMetrics,
    | ("rewardQuantiles" | "trainSeconds" | "encodedOn" | "failures")
    | ("tastes" | "preference" | "dense" | "evaluation" | "noise")
  >
> {
  const { pairs, ties, prompts, withSides, withoutSides, baselines } = evaluation;
  const shuffledLabels = await shuffledLabelAccuracy({ ...data, config: config.training, seed });
  return {
    test: { pairs, ties, prompts },
    train: countPart(data.pairs, "train"),
    validation: countPart(data.pairs, "validation"),
    withImages: data.withImages,
    ...{ withSides, withoutSides, baselines, shuffledLabels, memberCorrelation, bestEpochs, history, provider },
    bySource: accuracyBySource(data, predicted, seed),
    temperatures: model.temperatures,
    heads: heads.metrics,
  };
}

function countPart(pairs: readonly TrainingPair[], part: TrainingPair["split"]): ModelMetrics["train"] {
  const all = pairsOf(pairs, part);
  const decided = all.filter(isDecided).length;
  return { pairs: decided, ties: all.length - decided, prompts: new Set(all.map(({ group }) => group)).size };
}

function accuracyBySource(data: LoadedData, { pairs, margins }: Predicted, seed: number): ModelMetrics["bySource"] {
  const decided = pairs.flatMap((pair, i) => (isDecided(pair) ? [i] : []));
  return bySource(testSources(data), decided, (places) =>
    meanByGroup(
      places.map((i) => creditOf(margins.withSides[i]!, outcomeOf(pairs[i]!))),
      places.map((i) => pairs[i]!.group),
      { random: streamFor(seed, "evaluation", 4) },
    ),
  );
}
