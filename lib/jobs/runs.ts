import { z } from "zod";
import { OPERATOR, type Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma, type Run } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { say, sayText } from "@/lib/say";
import { dequeue, enqueue } from "./enqueue";
import { tellRunError, wordRun } from "./tell-run-error";
import { listTakenTasks } from "./worker-life";
import {
  runKinds,
  runProgress,
  runsInTurn,
  runUnits,
  type ListRunsQuery,
  type RunKind,
  type RunPage,
  type RunProgress,
  type RunView,
} from "./schema";

/** Does the work of one run and returns its result. It may run twice over the same batch, so it upserts. */
export type RunHandler = (run: RunContext) => Promise<Prisma.InputJsonObject>;

export type RunContext = {
  readonly projectId: string;
  readonly runId: string;
  /** As createRun got it. */
  readonly payload: unknown;
  /** As `save` last got it, also by a worker that died since; null at first. */
  readonly checkpoint: unknown;
  /** Null when it follows from something else, such as judging from an import. */
  readonly createdById: string | null;
  /**
   * Records how far the run is. Call it for every batch, in the batch's own transaction: it throws when somebody
   * cancelled the run (RunCancelled), when the worker is stopping or when another worker took the run over, and the
   * batch must then roll back. Let these errors pass.
   */
  save(db: Db, state: { checkpoint?: Prisma.InputJsonObject; progress: RunProgress }): Promise<void>;
};

/** Thrown by `save` when the run is to be cancelled. */
export class RunCancelled extends Error {}

type NewRun = { kind: RunKind; payload: Prisma.InputJsonObject; state?: "queued" | "uploading" };

/** Creates a run and, unless it waits for an upload, the job that does it, on the caller's transaction. */
export async function createRun(
  db: Db,
  access:
    | Access<"instance:import">
    | Access<"snapshot:create">
    | Access<"judge:run">
    | Access<"routing:manage">
    | Access<"reward:train">,
  input: NewRun,
): Promise<{ id: string }> {
  return await insertRun(db, { ...input, projectId: access.projectId, createdById: access.userId });
}

/** Creates a run that nobody asked for by name because it follows from what happened in the project. */
export async function createSystemRun(db: Db, projectId: string, input: NewRun): Promise<{ id: string }> {
  return await insertRun(db, { ...input, projectId, createdById: null });
}

async function insertRun(
  db: Db,
  {
    kind,
    payload,
    state = "queued",
    projectId,
    createdById,
  }: NewRun & { projectId: string; createdById: string | null },
): Promise<{ id: string }> {
  const progress = { done: 0, total: null, unit: runUnits[kind] } satisfies RunProgress;
  const { id } = await db.run.create({
    data: { projectId, kind, state, payload, progress, createdById },
    select: { id: true },
  });
  if (state === "queued") await enqueueRun(db, { kind, projectId, runId: id });
  return { id };
}

/** Hands a run whose upload is complete to the workers. `conflict` when it has been cancelled or given up meanwhile. */
export async function queueRun(db: Db, projectId: string, runId: string): Promise<void> {
  const [run] = await db.run.updateManyAndReturn({
    where: { projectId, id: runId, state: "uploading" },
    data: { state: "queued" },
    select: { kind: true },
  });
  if (!run)
    throw new AppError(
      "conflict",
      say`Run ${runId} no longer takes an upload: it was cancelled or took too long. Start a new one.`,
    );
  await enqueueRun(db, { kind: parseKind(run.kind), projectId, runId });
}

/** Adds the job of a queued run. */
export async function enqueueRun(db: Db, run: { kind: RunKind; projectId: string; runId: string }): Promise<void> {
  const { kind, projectId, runId } = run;
  await enqueue(db, { name: kind, payload: { projectId, runId }, key: runKey(runId), queue: queueOf(kind, projectId) });
}

export async function getRun(access: Access<"run:read"> | Access<"instance:import">, runId: string): Promise<RunView> {
  const run = await prisma.run.findUnique({ where: { projectId_id: { projectId: access.projectId, id: runId } } });
  if (!run) throw noSuchRun(access.slug, runId);
  return await viewRun(prisma, run);
}

/** The runs of a project, newest first. */
export async function listRuns(
  access: Access<"run:read">,
  { kind, state, cursor, limit }: ListRunsQuery,
): Promise<RunPage> {
  const runs = await prisma.run.findMany({
    where: {
      projectId: access.projectId,
      kind: kind ?? Prisma.skip,
      state: state ?? Prisma.skip,
      id: cursor === undefined ? Prisma.skip : { lt: cursor },
    },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const items = await viewRuns(prisma, runs.slice(0, limit));
  return { items, nextCursor: runs.length > limit ? items.at(-1)!.id : null };
}

/**
 * Cancels a run: at once while it waits, else between two batches of its work. Cancelling twice is fine;
 * `conflict` when it has succeeded or failed already.
 */
export async function cancelRun(access: Access<"run:cancel">, runId: string): Promise<RunView> {
  const { projectId } = access;
  return await prisma.$transaction(async (db) => {
    await db.$queryRaw`select from runs where project_id = ${projectId}::uuid and id = ${runId}::uuid for update`;
    const run = await db.run.findUnique({ where: { projectId_id: { projectId, id: runId } } });
    if (!run) throw noSuchRun(access.slug, runId);
    if (run.state === "cancelled" || (run.cancelRequestedAt !== null && run.finishedAt === null))
      return await viewRun(db, run);
    if (run.finishedAt !== null) {
      const name = wordRun(parseKind(run.kind));
      const problem =
        run.state === "succeeded"
          ? say`The ${name} has already succeeded, so it cannot be cancelled.`
          : say`The ${name} has already failed, so it cannot be cancelled.`;
      throw new AppError("conflict", problem);
    }
    const now = new Date();
    const waits = run.state !== "running";
    if (waits) {
      await dequeue(db, runKey(runId));
      await deleteChunks(db, { projectId, runId });
    }
    await recordAudit(db, access, { action: "run.cancel", target: `${run.kind} ${runId}`, projectId });
    const cancelled = await db.run.update({
      where: { projectId_id: { projectId, id: runId } },
      data: { cancelRequestedAt: now, ...(waits && { state: "cancelled", finishedAt: now }) },
    });
    return await viewRun(db, cancelled);
  });
}

/** Deletes the uploaded bytes of a run that needs them no more. */
export async function deleteChunks(db: Db, { projectId, runId }: { projectId: string; runId: string }): Promise<void> {
  await db.uploadChunk.deleteMany({ where: { projectId, runId } });
}

function queueOf(kind: RunKind, projectId: string): string | undefined {
  return runsInTurn.includes(kind) ? `${kind}:${projectId}` : undefined;
}

/** Key of a run's job in the queue. */
function runKey(runId: string): string {
  return `run:${runId}`;
}

function parseKind(kind: string): RunKind {
  const known = runKinds.find((one) => one === kind);
  if (!known) throw new Error(`There is no kind of run called ${kind}.`);
  return known;
}

async function viewRun(db: Db, run: Run): Promise<RunView> {
  const [view] = await viewRuns(db, [run]);
  return view!;
}

async function viewRuns(db: Db, runs: Run[]): Promise<RunView[]> {
  const starters = [...new Set(runs.flatMap(({ createdById }) => createdById ?? []))];
  const users = await db.user.findMany({ where: { id: { in: starters } }, select: { id: true, name: true } });
  const names = new Map(users.map(({ id, name }) => [id, name])).set(OPERATOR.userId, sayText(OPERATOR.name));
  const taken = runs.some(({ state }) => state === "queued") ? await listTakenTasks(db) : undefined;
  const capped = await findStoppedAtCap(db, runs);
  return runs.map((run) => ({
    id: run.id,
    kind: parseKind(run.kind),
    state: run.state,
    progress: runProgress.parse(run.progress),
    result: viewResult(run),
    error: run.error === null ? null : tellRunError(run.error),
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    cancelRequestedAt: run.cancelRequestedAt?.toISOString() ?? null,
    createdBy: run.createdById === null ? null : (names.get(run.createdById) ?? say`Somebody without an account`),
    subjectId: subjectOf(run.payload),
    stoppedAtCap: capped.has(run.id),
    lacksWorker: run.state === "queued" && !taken!.has(run.kind),
  }));
}

const resultWithFaults = z.looseObject({
  faults: z.looseObject({ first: z.array(z.looseObject({ message: z.string() })) }),
});

/** What an import says of lines that it left out is stored in English. */
function viewResult({ kind, result }: Run): RunView["result"] {
  const told = kind === "import" ? resultWithFaults.safeParse(result).data : undefined;
  if (!told) return result as RunView["result"];
  const first = told.faults.first.map((fault) => ({ ...fault, message: sayText(fault.message) }));
  return { ...told, faults: { ...told.faults, first } };
}

/** The ids, among runs, of those that a cap on money ended. */
export async function findStoppedAtCap(
  db: Db,
  runs: readonly Pick<Run, "id" | "projectId" | "state">[],
): Promise<Set<string>> {
  const failed = runs.filter(({ state }) => state === "failed");
  if (failed.length === 0) return new Set();
  const where = { OR: failed.map(({ id, projectId }) => ({ projectId, runId: id })) };
  return new Set((await db.capStop.findMany({ where, select: { runId: true } })).map(({ runId }) => runId));
}

const payloadWithSubject = z.union([
  z.object({ judgeId: z.uuid() }).transform(({ judgeId }) => judgeId),
  z.object({ snapshotId: z.uuid() }).transform(({ snapshotId }) => snapshotId),
]);

function subjectOf(payload: unknown): string | null {
  return payloadWithSubject.safeParse(payload).data ?? null;
}

function noSuchRun(slug: string, runId: string): AppError {
  return new AppError("not_found", say`There is no run ${runId} in project ${slug}.`);
}
