import { v7 as uuidv7 } from "uuid";
import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma, type Run, type Snapshot } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { createRun } from "@/lib/jobs/runs";
import { tellRunError } from "@/lib/jobs/tell-run-error";
import { currentPolicy } from "@/lib/routing/policy";
import { didNotStand } from "@/lib/routing/standing";
import { say, sayText } from "@/lib/say";
import {
  snapshotFilter,
  snapshotManifest,
  snapshotSources,
  type CreateSnapshotInput,
  type SnapshotFilter,
  type SnapshotResponse,
} from "./schema";

/**
 * Asks for a snapshot: the run that makes it takes the labels that are current when it starts. Throws `invalid` when
 * the filter fits no label now.
 */
export async function createSnapshot(
  access: Access<"snapshot:create">,
  { name, filter: given }: CreateSnapshotInput,
): Promise<SnapshotResponse> {
  const { projectId } = access;
  const filter = await completeFilter(projectId, given);
  if (!(await fitsSomeLabel(prisma, projectId, filter))) {
    throw new AppError(
      "invalid",
      say`No label of project ${access.slug} fits this filter. Choose other sources, questions or splits, or collect labels first.`,
      {
        faults: [{ path: "filter", message: say`fits no label` }],
      },
    );
  }
  const snapshotId = uuidv7();
  return await prisma.$transaction(async (db) => {
    const run = await createRun(db, access, { kind: "snapshot", payload: { snapshotId } });
    const snapshot = await db.snapshot.create({
      data: { projectId, id: snapshotId, name, filter, runId: run.id, createdById: access.userId },
    });
    await recordAudit(db, access, {
      action: "snapshot.create",
      target: `snapshot ${name}`,
      projectId,
      detail: { snapshotId },
    });
    return viewSnapshot(snapshot, { id: run.id, state: "queued", error: null }, access.email);
  });
}

/** The filter with its sources in one order, and with the weight of AI where AI is among them. */
async function completeFilter(projectId: string, { lmWeight, ...given }: SnapshotFilter): Promise<SnapshotFilter> {
  const sources = snapshotSources.filter((source) => given.sources.includes(source));
  if (!sources.includes("lm")) return { ...given, sources };
  return { ...given, sources, lmWeight: lmWeight ?? (await currentPolicy(prisma, projectId)).lmWeight };
}

/** The snapshots of a project, newest first; those whose run was cancelled never came to be. */
export async function listSnapshots(
  { projectId }: Access<"snapshot:read">,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<{ items: SnapshotResponse[]; nextCursor: string | null }> {
  const after = cursor === undefined ? Prisma.empty : Prisma.sql`and s.id < ${cursor}::uuid`;
  const found = await prisma.$queryRaw<{ id: string }[]>`
    select s.id from snapshots s join runs r on r.project_id = s.project_id and r.id = s.run_id
    where s.project_id = ${projectId}::uuid and (r.state <> 'cancelled' or s.hash is not null) ${after} order by s.id desc limit ${limit + 1}`;
  const ids = found.slice(0, limit).map(({ id }) => id);
  const items = (await readSnapshots(projectId, ids)).map(tellName);
  return { items, nextCursor: found.length > limit ? ids.at(-1)! : null };
}

/** One snapshot. Throws `not_found` for one of another project, too. */
export async function getSnapshot(access: Access<"snapshot:read">, id: string): Promise<SnapshotResponse> {
  return tellName(await findSnapshot(access, id));
}

/** The same under the name that is stored, which its files are called by. */
export async function findSnapshot(access: Access<"snapshot:read">, id: string): Promise<SnapshotResponse> {
  const [snapshot] = await readSnapshots(access.projectId, [id]);
  if (!snapshot) throw new AppError("not_found", say`There is no snapshot ${id} in project ${access.slug}.`);
  return snapshot;
}

/** The labels `l` (with their instances `i`) that a filter takes; those of judges that do not stand are none. */
export function filterCondition(projectId: string, filter: SnapshotFilter): Prisma.Sql {
  const { sources, questions, split } = filter;
  return Prisma.sql`l.project_id = ${projectId}::uuid and l.is_current and l.source = any(${sources}::label_source[])
    and not ${didNotStand(projectId)}
    ${questions ? Prisma.sql`and l.question = any(${questions}::text[])` : Prisma.empty}
    ${split === "all" ? Prisma.empty : Prisma.sql`and i.split = ${split}::split`}`;
}

async function fitsSomeLabel(db: Db, projectId: string, filter: SnapshotFilter): Promise<boolean> {
  const [row] = await db.$queryRaw<[{ fits: boolean }]>`
    select exists (select from labels l join instances i on i.project_id = l.project_id and i.id = l.instance_id
      where ${filterCondition(projectId, filter)}) as fits`;
  return row.fits;
}

async function readSnapshots(projectId: string, ids: string[]): Promise<SnapshotResponse[]> {
  const snapshots = await prisma.snapshot.findMany({ where: { projectId, id: { in: ids } }, orderBy: { id: "desc" } });
  const [runs, authors] = await Promise.all([
    prisma.run.findMany({
      where: { projectId, id: { in: snapshots.map(({ runId }) => runId) } },
      select: { id: true, state: true, error: true },
    }),
    prisma.user.findMany({
      where: { id: { in: snapshots.flatMap(({ createdById }) => createdById ?? []) } },
      select: { id: true, email: true },
    }),
  ]);
  return snapshots.map((snapshot) =>
    viewSnapshot(
      snapshot,
      runs.find(({ id }) => id === snapshot.runId)!,
      authors.find(({ id }) => id === snapshot.createdById)?.email ?? null,
    ),
  );
}

/** Those that are made for a training are named by the product. */
function tellName(snapshot: SnapshotResponse): SnapshotResponse {
  const isOfTraining = /^Training of [\d-]+ [\d:]+ UTC$/.test(snapshot.name);
  return isOfTraining ? { ...snapshot, name: sayText(snapshot.name) } : snapshot;
}

function viewSnapshot(
  snapshot: Snapshot,
  run: Pick<Run, "id" | "state" | "error">,
  createdBy: string | null,
): SnapshotResponse {
  return {
    id: snapshot.id,
    name: snapshot.name,
    filter: snapshotFilter.parse(snapshot.filter),
    hash: snapshot.hash,
    manifest: snapshot.manifest === null ? null : snapshotManifest.parse(snapshot.manifest),
    runId: run.id,
    // A training goes on after its snapshot is there.
    state: snapshot.hash === null ? run.state : "succeeded",
    error: snapshot.hash === null && run.error !== null ? tellRunError(run.error) : null,
    createdBy,
    createdAt: snapshot.createdAt.toISOString(),
  };
}
