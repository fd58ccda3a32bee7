import { v7 as uuidv7 } from "uuid";
import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import type { SnapshotFilter } from "@/lib/datasets/schema";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { createRun, createSystemRun } from "@/lib/jobs/runs";
import { currentSchema } from "@/lib/projects/current-schema";
import { currentPolicy } from "@/lib/routing/policy";
import { say } from "@/lib/say";
import { overallOf } from "./compared-aspect";
import { canTrain } from "./decided-pairs";
import { chosenEncoder } from "./encoder-choice";
import { denseConfigOf } from "./dense/config-of-project";
import { chosenLearning } from "./noise/learning-settings";
import { actorOf } from "./promote";
import { headsAskedFor } from "./heads/asked";
import type { ModelConfig, TrainInput, TrainPayload } from "./schema";
import { rewardDefaults } from "./training/config";

/** Rewards of models and demo labels never teach a model. */
const taughtBy: SnapshotFilter = { sources: ["human", "lm"], split: "all" };

const defaultSeed = 1;

/**
 * Starts a training, of the labels that are current when it begins or of a snapshot that is done. Throws `conflict`
 * while another training of the project is under way or where nothing is asked that a reward can be learned from, `not_found` for a snapshot of another project.
 */
export async function startTraining(
  access: Access<"reward:train">,
  { snapshotId, seed }: TrainInput,
): Promise<{ id: string }> {
  const { projectId, slug } = access;
  return await prisma.$transaction(async (db) => {
    const underWay = await findTraining(db, projectId);
    if (underWay) {
      throw new AppError(
        "conflict",
        say`A training of project ${slug} is under way (run ${underWay.id}). Wait until it has ended, or cancel it.`,
      );
    }
    if (snapshotId !== undefined) await requireSnapshot(db, access, snapshotId);
    const payload = await trainingOf(db, projectId, { snapshotId, seed });
    if (!payload) {
      throw new AppError(
        "conflict",
        say`Project ${slug} asks for nothing that says which completion is better. Add a question of type comparison, ranking, rating or binary to its task schema, then train.`,
      );
    }
    const run = await createRun(db, access, { kind: "train", payload });
    if (payload.makesSnapshot)
      await addSnapshot(db, {
        projectId,
        ...payload,
        runId: run.id,
        createdById: access.userId,
        lmWeight: payload.config.lmWeight,
      });
    await recordAudit(db, access, {
      action: "reward.train",
      target: "reward model",
      projectId,
      detail: { runId: run.id, snapshotId: payload.snapshotId, seed },
    });
    return run;
  });
}

/** Starts a training that is due by number of labels or by time, unless one is under way or the labels are too few to train on. */
export async function startDueTraining(
  db: Db,
  projectId: string,
  due: { newLabels: number } | { cron: string },
): Promise<void> {
  if (await findTraining(db, projectId)) return;
  if (!(await canTrain(db, projectId))) return;
  const payload = await trainingOf(db, projectId, { seed: defaultSeed });
  if (!payload) return;
  const { id: runId } = await createSystemRun(db, projectId, { kind: "train", payload });
  await addSnapshot(db, { projectId, ...payload, runId, createdById: null, lmWeight: payload.config.lmWeight });
  await recordAudit(db, await actorOf(db, null), {
    action: "reward.train",
    target: "reward model",
    projectId,
    detail: { runId, snapshotId: payload.snapshotId, ...due },
  });
}

/** The training under way. Locks the project, so that of two that start at once only one finds none. */
async function findTraining(db: Db, projectId: string): Promise<{ id: string } | null> {
  await db.$queryRaw`select from projects where id = ${projectId}::uuid for no key update`;
  return await db.run.findFirst({
    where: { projectId, kind: "train", state: { in: ["queued", "running"] } },
    select: { id: true },
  });
}

async function requireSnapshot(db: Db, { projectId, slug }: Access<"reward:train">, snapshotId: string): Promise<void> {
  const snapshot = await db.snapshot.findUnique({ where: { projectId_id: { projectId, id: snapshotId } } });
  if (!snapshot) throw new AppError("not_found", say`There is no snapshot ${snapshotId} in project ${slug}.`);
  if (snapshot.hash === null) {
    throw new AppError("conflict", say`Snapshot ${snapshot.name} is not done. Train on it once its run has succeeded.`);
  }
}

/** Null where the task schema asks for nothing to learn from. */
async function trainingOf(
  db: Db,
  projectId: string,
  { snapshotId, seed }: { snapshotId?: string | undefined; seed: number },
): Promise<TrainPayload | null> {
  const { taskSchema } = await currentSchema(db, projectId);
  const compared = overallOf(taskSchema);
  if (compared === null) return null;
  const { lmWeight } = await currentPolicy(db, projectId);
  const config: ModelConfig = {
    encoder: await chosenEncoder(db, projectId),
    ...compared,
    heads: headsAskedFor(taskSchema, compared),
    lmWeight,
    learning: await chosenLearning(db, projectId),
    training: rewardDefaults,
    dense: await denseConfigOf(db, projectId),
  };
  return { snapshotId: snapshotId ?? uuidv7(), makesSnapshot: snapshotId === undefined, seed, config };
}

async function addSnapshot(
  db: Db,
  given: { projectId: string; snapshotId: string; runId: string; createdById: string | null; lmWeight: number },
): Promise<void> {
  const { projectId, snapshotId, runId, createdById, lmWeight } = given;
  // Its exports decide pairs by the weight that the model is trained with.
  const filter = { ...taughtBy, lmWeight };
  const name = `Training of ${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`;
  await db.snapshot.create({ data: { projectId, id: snapshotId, name, filter, runId, createdById } });
}
