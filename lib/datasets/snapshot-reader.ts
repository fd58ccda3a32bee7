import type { Db } from "@/lib/db/client";
import { uploadPrefix } from "@/lib/images/image-url";
import type { StoredImage } from "@/lib/images/schema";
import { readStored } from "@/lib/images/views";
import { Prisma, type LabelSource, type LabelType, type Split } from "@/lib/db/generated/client";
import { snapshotInstances } from "./snapshot-instances";

export type SnapshotLabel = {
  id: string;
  instanceId: string;
  submissionId: string;
  question: string;
  type: LabelType;
  aspect: string;
  target: string;
  source: LabelSource;
  annotator: string;
  sample: number;
  revision: number;
  payload: unknown;
  rationale: string | null;
  isUnsure: boolean;
  /** lib/labels/schema.ts: labelSuggestion */
  suggestion: unknown;
  shownOrder: number[];
  schemaVersion: number | null;
  guidelinesVersion: number | null;
  activeMs: number | null;
  /** JSON as it was imported, character for character. */
  meta: string | null;
  createdAt: Date;
};

export type SnapshotCompletion = {
  index: number;
  outsideId: string;
  model: string | null;
  text: string | null;
  /** URLs, or image:<id> where it was uploaded. */
  images: string[];
};

export type SnapshotInstance = {
  id: string;
  outsideId: string;
  prompt: string | null;
  messages: { role: string; content: string }[] | null;
  context: string | null;
  split: Split;
  /** Of the prompt, then of the messages in their order; named as those of completions are. */
  images: string[];
  completions: SnapshotCompletion[];
  /** In the order of their key. */
  labels: SnapshotLabel[];
};

type InstanceRow = Omit<SnapshotInstance, "images" | "completions" | "labels"> & { images: unknown };
type CompletionRow = Omit<SnapshotCompletion, "images"> & { instanceId: string; images: unknown };
type Scope = { projectId: string; snapshotId: string };

/**
 * A snapshot's instances with the labels that are in it, in order of instance id, a batch at a time. `texts: false`
 * leaves the texts empty (missing ones stay null) and images out, for whoever only counts.
 */
export async function* readSnapshot(
  db: Db,
  scope: Scope,
  { texts }: { texts: boolean },
): AsyncGenerator<SnapshotInstance[]> {
  for await (const ids of snapshotInstances(db, scope)) yield await readBatch(db, scope, ids, texts);
}

async function readBatch(db: Db, scope: Scope, ids: string[], texts: boolean): Promise<SnapshotInstance[]> {
  const { projectId } = scope;
  const [instances, completions, labels] = await Promise.all([
    db.$queryRaw<InstanceRow[]>`
      select id, outside_id as "outsideId", split,
        ${texts ? Prisma.sql`prompt, messages, context, images` : Prisma.sql`null as prompt, null as messages, null as context, null as images`}
      from instances where project_id = ${projectId}::uuid and id = any(${ids}::uuid[]) order by id`,
    db.$queryRaw<CompletionRow[]>`
      select instance_id as "instanceId", index, outside_id as "outsideId", model,
        ${texts ? Prisma.sql`text, images` : Prisma.sql`left(text, 0) as text, null as images`}
      from completions where project_id = ${projectId}::uuid and instance_id = any(${ids}::uuid[]) order by index`,
    readLabels(db, scope, ids),
  ]);
  const promptImages = instances.map(({ images, messages }) =>
    [images, ...(messages ?? []).map((message) => (message as { images?: unknown }).images)].flatMap(readStored),
  );
  const completionImages = completions.map(({ images }) => readStored(images));
  const nameOf = await readNames(db, projectId, [...promptImages, ...completionImages].flat());
  const completionsOf = groupByInstance(
    completions.map((completion, i) => ({ ...completion, images: completionImages[i]!.map(nameOf) })),
  );
  const labelsOf = groupByInstance(labels);
  return instances.map((instance, i) => ({
    ...instance,
    images: promptImages[i]!.map(nameOf),
    completions: completionsOf.get(instance.id) ?? [],
    labels: (labelsOf.get(instance.id) ?? []).sort(byKey),
  }));
}

async function readNames(db: Db, projectId: string, images: StoredImage[]): Promise<(image: StoredImage) => string> {
  const ids = [...new Set(images.map(({ id }) => id))];
  const rows = ids.length === 0 ? [] : await db.image.findMany({ where: { projectId, id: { in: ids } } });
  const urls = new Map(rows.map(({ id, url }) => [id, url]));
  return ({ id }) => urls.get(id) ?? uploadPrefix + id;
}

async function readLabels(db: Db, { projectId, snapshotId }: Scope, ids: string[]): Promise<SnapshotLabel[]> {
  return await db.$queryRaw<SnapshotLabel[]>`
    select l.id, l.instance_id as "instanceId", l.submission_id as "submissionId", l.question, l.type, l.aspect, l.target, l.source,
      l.annotator, l.sample, l.revision, l.payload, l.rationale, l.is_unsure as "isUnsure", l.suggestion, coalesce(l.shown_order, '{}') as "shownOrder",
      l.schema_version as "schemaVersion", l.guidelines_version as "guidelinesVersion", l.active_ms as "activeMs",
      l.meta::text as meta, l.created_at as "createdAt"
    from snapshot_labels s join labels l on l.project_id = s.project_id and l.id = s.label_id
    where s.project_id = ${projectId}::uuid and s.snapshot_id = ${snapshotId}::uuid and s.instance_id = any(${ids}::uuid[])`;
}

function groupByInstance<T extends { instanceId: string }>(rows: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.instanceId);
    if (group) group.push(row);
    else groups.set(row.instanceId, [row]);
  }
  return groups;
}

/** By code units, as every database sorts texts in its own way. */
function byKey(a: SnapshotLabel, b: SnapshotLabel): number {
  return (
    compare(a.question, b.question) ||
    compare(a.aspect, b.aspect) ||
    compare(a.target, b.target) ||
    compare(a.source, b.source) ||
    compare(a.annotator, b.annotator) ||
    a.sample - b.sample ||
    a.revision - b.revision
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
