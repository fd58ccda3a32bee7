import { randomUUID } from "node:crypto";
import type { Task } from "graphile-worker";
import { isDatabaseDown, prisma, type Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { throughOutage } from "@/lib/db/through-outage";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { deleteChunks, enqueueRun, RunCancelled, type RunContext, type RunHandler } from "./runs";
import { jobPayloads, type RunJob, type RunKind } from "./schema";

/** Tries of a run that fails in an unexpected way; deaths of workers under it count, too, once an error comes. */
const maxTries = 5;

type Attempt = { number: number; isLast: boolean; signal: AbortSignal };

/** This process's hold on a run. Only the execution whose token is in the row may write to it. */
type Claim = { kind: RunKind; projectId: string; runId: string; token: string };

type ClaimedRow = { payload: unknown; checkpoint: unknown; createdById: string | null; cancelRequestedAt: Date | null };

/** Thrown by `save` when this worker is to stop; another one goes on from the checkpoint. */
class RunPaused extends Error {}

/** The queue's tasks that do runs, one for each kind that is given. */
export function runTasks<K extends RunKind>(handlers: Record<K, RunHandler>): Record<K, Task> {
  const tasks = (Object.entries(handlers) as [K, RunHandler][]).map(([kind, handler]): [K, Task] => [
    kind,
    async (payload, { job, abortSignal }) => {
      const attempt = { number: job.attempts, isLast: job.attempts >= maxTries, signal: abortSignal };
      await executeRun(kind, handler, jobPayloads[kind].parse(payload), attempt);
    },
  ]);
  return Object.fromEntries(tasks) as Record<K, Task>;
}

/**
 * Does one attempt at a run. An AppError fails the run at once, as trying again would not help; any other error leaves
 * it to the queue's next attempt and is thrown, until the last one fails the run.
 */
async function executeRun(kind: RunKind, handler: RunHandler, job: RunJob, attempt: Attempt): Promise<void> {
  const claim = { kind, ...job, token: randomUUID() };
  const row = await claimRun(claim);
  // It ended meanwhile: cancelled while it waited, or done by a worker that died before it could tell the queue.
  if (!row) return;
  log.info({ runId: job.runId, kind, attempt: attempt.number }, "run started");
  try {
    if (row.cancelRequestedAt) throw new RunCancelled();
    const result = await handler(runContext(claim, row, attempt.signal));
    await endRun(claim, { state: "succeeded", result });
  } catch (error) {
    await settle(claim, error, attempt);
  }
}

/** Takes the run over from whoever had it: after that, an earlier execution that still lives can write no more. */
async function claimRun({ projectId, runId, token }: Claim): Promise<ClaimedRow | undefined> {
  const rows = await prisma.$queryRaw<ClaimedRow[]>`
    update runs
    set state = 'running', started_at = coalesce(started_at, now()),
      checkpoint = coalesce(checkpoint, '{}') || jsonb_build_object('holder', ${token}::text, 'value', checkpoint -> 'value')
    where project_id = ${projectId}::uuid and id = ${runId}::uuid and state in ('queued', 'running')
    returning payload, nullif(checkpoint -> 'value', 'null') as checkpoint,
      created_by_id as "createdById", cancel_requested_at as "cancelRequestedAt"`;
  return rows[0];
}

function runContext(claim: Claim, row: ClaimedRow, signal: AbortSignal): RunContext {
  const { payload, checkpoint, createdById } = row;
  const { projectId, runId } = claim;
  return {
    projectId,
    runId,
    payload,
    checkpoint,
    createdById,
    async save(db, state) {
      if (signal.aborted) throw new RunPaused();
      const value = state.checkpoint === undefined ? null : JSON.stringify(state.checkpoint);
      const saved = await db.$executeRaw`
        update runs
        set progress = ${JSON.stringify(state.progress)}::jsonb,
          checkpoint = jsonb_set(checkpoint, '{value}', coalesce(${value}::jsonb, checkpoint -> 'value'))
        where project_id = ${projectId}::uuid and id = ${runId}::uuid and state = 'running'
          and checkpoint ->> 'holder' = ${claim.token} and cancel_requested_at is null`;
      if (saved === 0) throw await whyNotSaved(db, claim);
    },
  };
}

async function whyNotSaved(db: Db, claim: Claim): Promise<Error> {
  const isMine = (await db.run.count({ where: held(claim) })) > 0;
  return isMine
    ? new RunCancelled()
    : new Error(`Run ${claim.runId} was deleted, or another worker has taken it over.`);
}

async function settle(claim: Claim, error: unknown, attempt: Attempt): Promise<void> {
  const { kind, runId } = claim;
  if (error instanceof RunPaused) return await requeue(claim);
  if (error instanceof RunCancelled) return await endRun(claim, { state: "cancelled" });
  if (error instanceof AppError) {
    log.warn({ runId, kind, reason: error.message }, "run failed");
    return await endRun(claim, { state: "failed", error: error.message });
  }
  if (isDatabaseDown(error)) {
    log.warn({ runId, kind, err: error }, "the database went away under a run");
    return await throughOutage(() => requeue(claim));
  }
  log.error({ runId, kind, attempt: attempt.number, err: error }, "run attempt failed");
  if (attempt.isLast) {
    const message = `An unexpected error stopped the ${kind} ${attempt.number} times. Start it again; if that fails too, give your admin the reference ${runId}.`;
    await endRun(claim, { state: "failed", error: message });
  } else {
    await prisma.run.updateMany({ where: held(claim), data: { state: "queued" } });
  }
  // The queue counts this attempt and tries again later.
  throw error;
}

/** Back to the queue with all its attempts: that a worker stops or the database goes away is no fault of the run. */
async function requeue(claim: Claim): Promise<void> {
  await prisma.$transaction(async (db) => {
    const { count } = await db.run.updateMany({ where: held(claim), data: { state: "queued" } });
    if (count > 0) await enqueueRun(db, claim);
  });
  log.info({ runId: claim.runId, kind: claim.kind }, "run handed to the next worker");
}

type End =
  { state: "succeeded"; result: Prisma.InputJsonObject } | { state: "failed"; error: string } | { state: "cancelled" };

async function endRun(claim: Claim, end: End): Promise<void> {
  await prisma.$transaction(async (db) => {
    const { count } = await db.run.updateMany({ where: held(claim), data: { ...end, finishedAt: new Date() } });
    if (count > 0) await deleteChunks(db, claim);
  });
  log.info({ runId: claim.runId, kind: claim.kind, state: end.state }, "run ended");
}

function held({ projectId, runId, token }: Claim): Prisma.RunWhereInput {
  return { projectId, id: runId, state: "running", checkpoint: { path: ["holder"], equals: token } };
}
