import type { Db } from "@/lib/db/client";
import { decodeCheckpoint, encodeCheckpoint } from "./training/checkpoint";
import type { Checkpoint } from "./training/train";

type Scope = { projectId: string; runId: string };

/**
 * Keeps the newest state of a training. Two trainers of one run, of which one should be dead, do no harm: each state is whole,
 * either may go on from it, and an older one never replaces a newer. On the CPU they come to the same states.
 */
export async function saveCheckpoint(db: Db, { projectId, runId }: Scope, checkpoint: Checkpoint): Promise<void> {
  await db.$executeRaw`
    insert into training_checkpoints as c (project_id, run_id, epoch, bytes)
    values (${projectId}::uuid, ${runId}::uuid, ${checkpoint.epoch}::int, ${encodeCheckpoint(checkpoint)}::bytea)
    on conflict (project_id, run_id) do update set epoch = excluded.epoch, bytes = excluded.bytes
    where c.epoch <= excluded.epoch`;
}

/** The newest state of a training; undefined before its first epoch has ended. */
export async function loadCheckpoint(db: Db, { projectId, runId }: Scope): Promise<Checkpoint | undefined> {
  const row = await db.trainingCheckpoint.findUnique({ where: { projectId_runId: { projectId, runId } } });
  return row ? decodeCheckpoint(row.bytes) : undefined;
}
