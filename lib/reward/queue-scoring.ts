import type { Db } from "@/lib/db/client";
import { enqueue } from "@/lib/jobs/enqueue";
import { createSystemRun } from "@/lib/jobs/runs";
import { isReadable } from "./readable";

/**
 * Queues a run that scores what the version has not scored yet; call it in the transaction that makes there be something
 * to score. A run that waits already will see what this transaction writes, and none is added.
 */
export async function queueScoring(db: Db, projectId: string, version: number): Promise<void> {
  // Held until this transaction ends, so that the run cannot begin before what it is to score is there.
  const waiting = await db.$queryRaw<unknown[]>`
    select id from runs
    where project_id = ${projectId}::uuid and kind = 'score' and state = 'queued'
      and payload = jsonb_build_object('version', ${version}::int) and cancel_requested_at is null
    limit 1 for share`;
  if (waiting.length > 0) return;
  await createSystemRun(db, projectId, { kind: "score", payload: { version } });
}

/** How long after an import's batch its instances are scored: once for many batches. */
const scoreAfterSeconds = 5;

/** Has new instances scored a little later, if a version serves. Call it in the transaction that stores them. */
export async function scoreSoon(db: Db, projectId: string): Promise<void> {
  if ((await db.rewardModel.count({ where: { projectId, isActive: true } })) === 0) return;
  const job = { name: "score-new", payload: { projectId }, key: `score-new:${projectId}` } as const;
  await enqueue(db, { ...job, afterSeconds: scoreAfterSeconds });
}

/** Queues scoring if a version serves and has not scored every instance. */
export async function scoreNew(db: Db, projectId: string): Promise<void> {
  const [model] = await db.$queryRaw<{ version: number }[]>`
    select version from reward_models m where project_id = ${projectId}::uuid and is_active and exists (
      select from instances i where i.project_id = m.project_id and ${isReadable} and not exists (
        select from reward_scores s
        where s.project_id = i.project_id and s.instance_id = i.id and s.model_version = m.version))`;
  if (model) await queueScoring(db, projectId, model.version);
}
