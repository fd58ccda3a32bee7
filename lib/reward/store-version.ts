import { v7 as uuidv7 } from "uuid";
import { prisma } from "@/lib/db/client";
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
    await db.rewardSuspect.createMany({ data: suspects.map((each) => ({ ...each, projectId, modelId: id })) });
    if (gate.isPassed) {
      const actor = await actorOf(db, run.createdById);
      await activate(db, { projectId, id, version, actor, why: "passed the promotion gate" });
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
