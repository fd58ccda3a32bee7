import { createHash } from "node:crypto";
import { prisma, type Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { RunContext } from "@/lib/jobs/runs";
import { canonicalJson, sha256 } from "@/lib/text/canonical";
import { exporterVersionFor } from "./exporters";
import { comparedAspects, preferencesOf } from "./preferences";
import {
  preferenceRows,
  snapshotFilter,
  snapshotPayload,
  type PreferenceCounts,
  type SnapshotFilter,
  type SnapshotManifest,
} from "./schema";
import { filterCondition } from "./snapshot";
import { readSnapshot, type SnapshotInstance } from "./snapshot-reader";

const timeoutMs = 6 * 60 * 60_000;
const hashBatch = 5_000;

type Scope = { projectId: string; snapshotId: string };
/** Records that so many more labels were read; throws when the run is to end. */
type Advance = (labels: number) => Promise<void>;

/**
 * Makes a snapshot in one transaction, so it is there as a whole or not at all; progress is recorded beside it. Done
 * twice, it answers what the first time made.
 */
export async function snapshotRun(run: RunContext): Promise<Prisma.InputJsonObject> {
  const scope = { projectId: run.projectId, snapshotId: snapshotPayload.parse(run.payload).snapshotId };
  return await prisma.$transaction((db) => makeSnapshot(db, scope, run), { timeout: timeoutMs, maxWait: 10_000 });
}

async function makeSnapshot(db: Db, scope: Scope, run: RunContext): Promise<Prisma.InputJsonObject> {
  const { projectId, snapshotId } = scope;
  // A worker that lost this run may still be at it.
  await db.$queryRaw`select from snapshots where project_id = ${projectId}::uuid and id = ${snapshotId}::uuid for update`;
  const snapshot = await db.snapshot.findUniqueOrThrow({ where: { projectId_id: { projectId, id: snapshotId } } });
  if (snapshot.hash !== null) return { snapshotId, hash: snapshot.hash };
  const filter = snapshotFilter.parse(snapshot.filter);
  const total = await collectLabels(db, scope, filter);
  const advance = progressOf(run, total);
  await advance(0);
  const taskSchemaVersions = await listSchemaVersions(db, scope);
  const exporterVersion = exporterVersionFor({ hasImages: await hasImages(db, scope) });
  const versions = { exporterVersion, taskSchemaVersions, lmWeight: filter.lmWeight };
  const hash = await hashLabels(db, scope, versions, advance);
  const trl = await countPreferences(db, scope, filter.lmWeight, advance);
  const { instances, bySource, byType } = await countLabels(db, scope);
  const manifest: SnapshotManifest = {
    hash,
    exporterVersion,
    taskSchemaVersions,
    filter,
    instances,
    labels: { total, bySource, byType },
    formats: { trl, "trl-conversational": trl, labels: { written: total } },
  };
  await db.snapshot.update({ where: { projectId_id: { projectId, id: snapshotId } }, data: { hash, manifest } });
  return { snapshotId, hash, labels: total, instances };
}

/** Every label is read twice, once to hash it and once to count the rows, so each time counts for a half. */
function progressOf(run: RunContext, total: number): Advance {
  let read = 0;
  return async (labels) => {
    read += labels;
    // Not on the transaction: nobody could see the progress before the end, nor ask for a cancellation.
    await run.save(prisma, { progress: { done: Math.min(total, Math.floor(read / 2)), total, unit: "labels" } });
  };
}

/** One statement, so the set is what was current at one moment. */
async function collectLabels(db: Db, { projectId, snapshotId }: Scope, filter: SnapshotFilter): Promise<number> {
  return await db.$executeRaw`
    insert into snapshot_labels (project_id, snapshot_id, instance_id, label_id)
    select l.project_id, ${snapshotId}::uuid, l.instance_id, l.id
    from labels l join instances i on i.project_id = l.project_id and i.id = l.instance_id
    where ${filterCondition(projectId, filter)}`;
}

/**
 * SHA-256 over lines, each the canonical JSON of [label id, revision, SHA-256 of the canonical payload], sorted, after
 * a first line with the versions, and the weight of AI, that decide what an export of them looks like.
 */
async function hashLabels(
  db: Db,
  { projectId, snapshotId }: Scope,
  { lmWeight, ...versions }: { exporterVersion: number; taskSchemaVersions: number[]; lmWeight: number | undefined },
  advance: Advance,
): Promise<string> {
  const hash = createHash("sha256");
  const head = { ...versions, ...(lmWeight !== undefined && { lmWeight }) };
  hash.update(`${canonicalJson(head)}\n`);
  // Lines begin with the id, so the order of ids is the order of lines.
  await db.$executeRaw`
    declare snapshot_in_order no scroll cursor for
    select l.id, l.revision, l.payload from snapshot_labels s join labels l on l.project_id = s.project_id and l.id = s.label_id
    where s.project_id = ${projectId}::uuid and s.snapshot_id = ${snapshotId}::uuid order by l.id`;
  for (;;) {
    const rows = await db.$queryRawUnsafe<{ id: string; revision: number; payload: unknown }[]>(
      `fetch ${hashBatch} from snapshot_in_order`,
    );
    if (rows.length === 0) break;
    for (const { id, revision, payload } of rows)
      hash.update(`${canonicalJson([id, revision, sha256(canonicalJson(payload))])}\n`);
    await advance(rows.length);
  }
  await db.$executeRawUnsafe("close snapshot_in_order");
  return hash.digest("hex");
}

async function listSchemaVersions(db: Db, { projectId, snapshotId }: Scope): Promise<number[]> {
  const rows = await db.$queryRaw<{ version: number }[]>`
    select distinct l.schema_version as version from snapshot_labels s join labels l on l.project_id = s.project_id and l.id = s.label_id
    where s.project_id = ${projectId}::uuid and s.snapshot_id = ${snapshotId}::uuid and l.schema_version is not null order by 1`;
  return rows.map(({ version }) => version);
}

async function hasImages(db: Db, { projectId, snapshotId }: Scope): Promise<boolean> {
  const [row] = await db.$queryRaw<[{ exists: boolean }]>`
    select exists (
      select from snapshot_labels s join instances i on i.project_id = s.project_id and i.id = s.instance_id
      where s.project_id = ${projectId}::uuid and s.snapshot_id = ${snapshotId}::uuid and i.has_images
    ) as exists`;
  return row.exists;
}

/** Makes every row the exports would write and counts what comes of it, so the manifest cannot differ from the files. */
async function countPreferences(
  db: Db,
  scope: Scope,
  lmWeight: number | undefined,
  advance: Advance,
): Promise<PreferenceCounts[]> {
  const counts = new Map<string, PreferenceCounts>();
  for await (const batch of readSnapshot(db, scope, { texts: false })) {
    for (const instance of batch) countInstance(instance, lmWeight, counts);
    await advance(batch.reduce((sum, { labels }) => sum + labels.length, 0));
  }
  return [...counts.values()].sort((a, b) =>
    a.aspect === b.aspect ? (a.rows < b.rows ? -1 : 1) : a.aspect < b.aspect ? -1 : 1,
  );
}

function countInstance(
  instance: SnapshotInstance,
  lmWeight: number | undefined,
  counts: Map<string, PreferenceCounts>,
): void {
  for (const aspect of comparedAspects(instance)) {
    for (const rows of preferenceRows) {
      const key = JSON.stringify([aspect, rows]);
      const count = counts.get(key) ?? {
        ...{ rows, aspect, written: 0, tiesLeftOut: 0, bothBadLeftOut: 0, drawsLeftOut: 0, withoutTextLeftOut: 0 },
      };
      counts.set(key, count);
      for (const outcome of preferencesOf(instance, { rows, aspect, lmWeight })) {
        if (outcome.kind === "preference") count.written++;
        else count[`${outcome.reason}LeftOut`] = (count[`${outcome.reason}LeftOut`] ?? 0) + 1;
      }
    }
  }
}

async function countLabels(
  db: Db,
  { projectId, snapshotId }: Scope,
): Promise<{ instances: number; bySource: Record<string, number>; byType: Record<string, number> }> {
  const groups = await db.$queryRaw<{ source: string; type: string; labels: number }[]>`
    select l.source, l.type, count(*)::int as labels
    from snapshot_labels s join labels l on l.project_id = s.project_id and l.id = s.label_id
    where s.project_id = ${projectId}::uuid and s.snapshot_id = ${snapshotId}::uuid group by 1, 2 order by 1, 2`;
  const [{ instances }] = await db.$queryRaw<[{ instances: number }]>`
    select count(distinct instance_id)::int as instances from snapshot_labels
    where project_id = ${projectId}::uuid and snapshot_id = ${snapshotId}::uuid`;
  const bySource: Record<string, number> = {};
  const byType: Record<string, number> = {};
  for (const { source, type, labels } of groups) {
    bySource[source] = (bySource[source] ?? 0) + labels;
    byType[type] = (byType[type] ?? 0) + labels;
  }
  return { instances, bySource, byType };
}
