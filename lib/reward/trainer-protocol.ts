import { z } from "zod";
import { storedSuspect } from "./noise/stored-suspect";
import { epochRecord, modelComparison, modelMetrics, modelConfig, trainPhases } from "./schema";

/** What a trainer is started with. */
export const trainerJob = z.strictObject({
  projectId: z.uuid(),
  runId: z.uuid(),
  snapshotId: z.uuid(),
  seed: z.int(),
  config: modelConfig,
});
export type TrainerJob = z.infer<typeof trainerJob>;

const bytes = z.instanceof(Uint8Array);

/** A new version as a trainer hands it over. */
export const trainedVersion = z.object({
  metrics: modelMetrics,
  /** The version that was active when it was measured. */
  activeVersion: z.int().nullable(),
  /** Null without an active version or without test pairs. */
  comparison: modelComparison.nullable(),
  artifact: bytes,
  /** Labels to look at again. */
  suspects: z.array(storedSuspect),
});
export type TrainedVersion = z.infer<typeof trainedVersion>;

/** What a trainer says, over the channel to its worker. */
export const trainerMessage = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("phase"), phase: z.enum(trainPhases).exclude(["snapshot"]) }),
  /** So many texts of segments and steps are encoded, or steps of their training taken; nothing of it is stored. */
  z.object({ kind: z.literal("dense"), done: z.int(), total: z.int(), unit: z.enum(["texts", "steps"]) }),
  /** So many texts have their vectors, and those are stored. */
  z.object({ kind: z.literal("encoded"), done: z.int(), total: z.int() }),
  z.object({ kind: z.literal("step"), epoch: z.int(), step: z.int(), totalSteps: z.int(), loss: z.number() }),
  /** An epoch has ended and its state is stored. */
  z.object({ kind: z.literal("epoch"), history: z.array(epochRecord) }),
  z.object({ kind: z.literal("trained"), version: trainedVersion }),
  /** An expected failure, in words for the person who started the training. */
  z.object({ kind: z.literal("refused"), message: z.string() }),
]);
export type TrainerMessage = z.infer<typeof trainerMessage>;

/** A trainer at work. */
export type Trainer = {
  /** Called for every message. */
  onMessage: (listener: (message: unknown) => void) => void;
  /** Settles when it has ended: how, in words. */
  ended: Promise<string>;
  kill: () => void;
};

/** Starts a trainer in a process of its own, which ends when this one does. */
export type StartTrainer = (job: TrainerJob) => Trainer;
