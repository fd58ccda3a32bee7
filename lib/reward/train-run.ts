import { setTimeout as sleep } from "node:timers/promises";
import { snapshotRun } from "@/lib/datasets/snapshot-run";
import { prisma, type Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { throughOutage } from "@/lib/db/through-outage";
import { AppError } from "@/lib/errors";
import type { RunContext, RunHandler } from "@/lib/jobs/runs";
import type { RunProgress } from "@/lib/jobs/schema";
import { log } from "@/lib/log";
import { trainPayload, trainResult, type TrainPayload, type TrainResult } from "./schema";
import { storeVersion } from "./store-version";
import { trainerMessage, type StartTrainer, type TrainedVersion } from "./trainer-protocol";

/** How often the run tells how far it is, and asks whether it is to end. */
const beatMs = 500;

/** Deaths of the trainer in a row, with nothing stored in between, after which this attempt is given up. */
const mostDeaths = 3;

/** How far a training is. */
type Live = {
  result: TrainResult;
  progress: RunProgress;
  /** Texts whose vectors are stored. */
  encoded: number;
};

const atStart: Live = {
  result: {
    phase: "snapshot",
    loss: null,
    epoch: 0,
    history: [],
    version: null,
    modelId: null,
    isPromoted: null,
  },
  progress: { done: 0, total: null, unit: "steps" },
  encoded: 0,
};

/**
 * Does a training: makes the snapshot unless one was given, lets a trainer in a process of its own learn from it, and
 * stores the version with the gate's decision. A trainer that dies is started anew from its last epoch.
 */
export function trainRun(startTrainer: StartTrainer): RunHandler {
  return async (run) => {
    const payload = trainPayload.parse(run.payload);
    const done = await resultOf(run);
    if (done) return done;
    if (payload.makesSnapshot) await makeSnapshot(run, payload.snapshotId);
    const live = structuredClone(atStart);
    const version = await train(run, payload, live, startTrainer);
    return await storeVersion(run, payload, { version, history: live.result.history, progress: live.progress });
  };
}

/** What this run made already, when its worker died before it could say so. */
async function resultOf({ projectId, runId }: RunContext): Promise<Prisma.InputJsonObject | null> {
  const made = await prisma.rewardModel.count({ where: { projectId, runId } });
  if (made === 0) return null;
  const { result } = await prisma.run.findUniqueOrThrow({ where: { projectId_id: { projectId, id: runId } } });
  return trainResult.parse(result);
}

async function makeSnapshot(run: RunContext, snapshotId: string): Promise<void> {
  await snapshotRun({ ...run, payload: { snapshotId } });
}

async function train(
  run: RunContext,
  payload: TrainPayload,
  live: Live,
  startTrainer: StartTrainer,
): Promise<TrainedVersion> {
  for (let deaths = 0; ;) {
    const before = storedOf(live);
    const end = await followTrainer(run, payload, live, startTrainer);
    if (end.kind === "trained") return end.version;
    if (end.kind === "refused") throw new AppError("invalid", end.message);
    deaths = storedOf(live) > before ? 1 : deaths + 1;
    log.warn({ runId: run.runId, deaths, how: end.how }, "the trainer ended unexpectedly");
    if (deaths >= mostDeaths) throw new Error(`The trainer ${end.how}, ${deaths} times with nothing done in between.`);
  }
}

const storedOf = ({ result, encoded }: Live): number => result.history.length + encoded;

type TrainerEnd =
  { kind: "trained"; version: TrainedVersion } | { kind: "refused"; message: string } | { kind: "died"; how: string };

async function followTrainer(
  run: RunContext,
  { snapshotId, seed, config }: TrainPayload,
  live: Live,
  startTrainer: StartTrainer,
): Promise<TrainerEnd> {
  const { projectId, runId } = run;
  const trainer = startTrainer({ projectId, runId, snapshotId, seed, config });
  let end: TrainerEnd | undefined;
  trainer.onMessage((given) => {
    const message = trainerMessage.parse(given);
    if (message.kind === "trained" || message.kind === "refused") end = message;
    else note(live, message);
  });
  const ended = trainer.ended.then((how) => (end ??= { kind: "died", how }));
  try {
    for (;;) {
      await throughOutage(() => prisma.$transaction((db) => publish(db, run, live)));
      if ((await Promise.race([ended, sleep(beatMs)])) !== undefined) return await ended;
    }
  } finally {
    trainer.kill();
    await trainer.ended;
  }
}

function note(live: Live, message: Exclude<TrainerNews, { kind: "trained" | "refused" }>): void {
  const { result } = live;
  if (message.kind === "phase") result.phase = message.phase;
  else if (message.kind === "epoch") {
    result.history = message.history;
    result.epoch = message.history.at(-1)!.epoch;
  } else if (message.kind === "encoded") {
    live.encoded = message.done;
    live.progress = { done: message.done, total: message.total, unit: "texts" };
  } else if (message.kind === "dense") {
    live.progress = { done: message.done, total: message.total, unit: message.unit };
  } else {
    result.loss = message.loss;
    live.progress = { done: message.step, total: message.totalSteps, unit: "steps" };
  }
}

type TrainerNews = ReturnType<typeof trainerMessage.parse>;

async function publish(db: Db, run: RunContext, { result, progress }: Live): Promise<void> {
  await run.save(db, { progress });
  await db.run.update({ where: { projectId_id: { projectId: run.projectId, id: run.runId } }, data: { result } });
}
