import { v7 as uuidv7 } from "uuid";
import { prisma, type Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { RunContext } from "@/lib/jobs/runs";
import type { RunProgress } from "@/lib/jobs/schema";
import { decideGate, overtaken } from "./gate";
import { activate, actorOf } from "./promote";
import type { GateDecision, TrainPayload, TrainResult } from "./schema";
import type { TrainedVersion } from "./trainer-protocol";

type Made = { version: TrainedVersion; history: TrainResult["history"]; progress: RunProgress };

/**
 * Stores a trained version with the gate's decision and, if it passed, lets it serve: all in one transaction, in which
 * no other version can become active. Returns the run's result, which is stored with it.
 */
export async function storeVersion(
  run: RunContext,
  payload: TrainPayload,
  { version: trained, history, progress }: Made,
): Promise<Prisma.InputJsonObject> {
  const { projectId, runId } = run;
  const { metrics, activeVersion, comparison, artifact, suspects } = trained;
  const decision = decideGate(metrics, activeVersion, comparison);
  return await prisma.$transaction(async (db) => {
    await run.save(db, { progress });
    await db.$queryRaw`select from projects where id = ${projectId}::uuid for no key update`;
    const active = await db.rewardModel.findFirst({ where: { projectId, isActive: true }, select: { version: true } });
    const gate: GateDecision =
      (active?.version ?? null) === activeVersion ? decision : overtaken(decision, active?.version ?? null);
    const newest = await db.rewardModel.aggregate({ where: { projectId }, _max: { version: true } });
    const version = (newest._max.version ?? 0) + 1;
    const id = uuidv7();
    const { snapshotId, seed, config } = payload;
    await db.rewardModel.create({
      data: { projectId, id, version, snapshotId, runId, seed, config, metrics, gate, artifact: Buffer.from(artifact) },
    });
    await storeSuspects(db, { projectId, modelId: id }, suspects);
    if (gate.isPassed) {
      const actor = await actorOf(db, run.createdById);
      await activate(db, { projectId, id, version, actor, why: "gate" });
    }
    await db.trainingCheckpoint.deleteMany({ where: { projectId, runId } });
    const epoch = history.at(-1)?.epoch ?? 0;
    const result: TrainResult = {
      phase: "done",
      loss: null,
      epoch,
      history,
      version,
      modelId: id,
      isPromoted: gate.isPassed,
    };
    await db.run.update({ where: { projectId_id: { projectId, id: runId } }, data: { result } });
    return result;
  });
}

/** In one statement, as hundreds of rows by themselves keep the process busy; without those of instances that are gone. */
async function storeSuspects(
  db: Db,
  { projectId, modelId }: { projectId: string; modelId: string },
  suspects: TrainedVersion["suspects"],
): Promise<void> {
  await db.$executeRaw`
    insert into reward_suspects
      (project_id, model_id, kind, rank, instance_id, question, target, answer, mu, sd, wrong, annotators)
    select i.project_id, ${modelId}::uuid, s.kind, s.rank, i.id, s.question, s.target, s.answer, s.mu, s.sd, s.wrong, s.annotators
    from json_to_recordset(${JSON.stringify(suspects)}::json) as s(
      kind text, rank int, "instanceId" uuid, question text, target text, answer int, mu float8, sd float8, wrong float8, annotators text[]
    ) join instances i on i.project_id = ${projectId}::uuid and i.id = s."instanceId"`;
}
