import type { Db } from "@/lib/db/client";
import { canonicalJson } from "@/lib/text/canonical";
import { parseExact } from "@/lib/text/exact-json";
import type { ImportedLabel, InstanceShape } from "./imported";
import { questionKey } from "./record";

/** What an import has to know of an instance: as the database has it, and as this import would leave it. */
export type KnownInstance = {
  id: string;
  contentHash: string;
  hasAssignment: boolean;
  /** Current labels by `labelKey`. */
  labels: Map<string, KnownLabel>;
  /** Only for files of labels. */
  shape?: InstanceShape;
};

export type KnownLabel = { id: string; revision: number; answer: Answer };

/** What a label says. */
export type Answer = Pick<ImportedLabel, "type" | "payload" | "rationale" | "shownOrder" | "meta">;

/** Instances by the id their importer knows them by. */
export type KnownInstances = Map<string, KnownInstance>;

export function labelKey(label: Parameters<typeof questionKey>[0] & { sample: number }): string {
  return `${label.sample} ${questionKey(label)}`;
}

/** Whether two labels say the same; the order of keys in their JSON says nothing. */
export function isSameAnswer(a: Answer, b: Answer): boolean {
  return canonicalAnswer(a) === canonicalAnswer(b);
}

function canonicalAnswer({ type, payload, rationale, shownOrder, meta }: Answer): string {
  return canonicalJson([type, payload, rationale, shownOrder, meta]);
}

/**
 * Adds to `known` the instances with these outside ids that are in the project and not yet known, with their current
 * labels. With `lock` the rows are locked first, in the order of their ids.
 */
export async function loadInstances(
  db: Db,
  known: KnownInstances,
  { projectId, outsideIds, lock, shapes }: { projectId: string; outsideIds: string[]; lock: boolean; shapes: boolean },
): Promise<void> {
  const unknown = [...new Set(outsideIds)].filter((outsideId) => !known.has(outsideId));
  if (unknown.length === 0) return;
  if (lock) {
    // A statement of its own: what is read next must have begun after the writers that are waited for have committed.
    await db.$queryRaw`
      select from instances where project_id = ${projectId}::uuid and outside_id = any(${unknown}::text[]) order by id for update`;
  }
  const instances = await db.$queryRaw<
    { id: string; outsideId: string; contentHash: string; hasAssignment: boolean }[]
  >`
    select id, outside_id as "outsideId", content_hash as "contentHash", exists (
      select from assignments a where a.project_id = i.project_id and a.instance_id = i.id) as "hasAssignment"
    from instances i where project_id = ${projectId}::uuid and outside_id = any(${unknown}::text[])`;
  if (instances.length === 0) return;
  const byId = new Map<string, KnownInstance>();
  for (const { outsideId, ...instance } of instances) {
    const entry = { ...instance, labels: new Map() };
    byId.set(instance.id, entry);
    known.set(outsideId, entry);
  }
  await loadLabels(db, projectId, byId);
  if (shapes) await loadShapes(db, projectId, byId);
}

type LabelRow = Omit<ImportedLabel, "meta"> & {
  id: string;
  instanceId: string;
  revision: number;
  meta: string | null;
};

async function loadLabels(db: Db, projectId: string, byId: Map<string, KnownInstance>): Promise<void> {
  const rows = await db.$queryRaw<LabelRow[]>`
    select id, instance_id as "instanceId", question, type::text, aspect, target,
      source::text, annotator, sample, revision, payload, rationale, shown_order as "shownOrder", meta::text as meta
    from labels where project_id = ${projectId}::uuid and instance_id = any(${[...byId.keys()]}::uuid[]) and is_current`;
  for (const { id, instanceId, revision, ...row } of rows) {
    const meta = row.meta === null ? null : (parseExact(row.meta).exact as ImportedLabel["meta"]);
    byId.get(instanceId)!.labels.set(labelKey(row), { id, revision, answer: { ...row, meta } });
  }
}

type ShapeRow = {
  instanceId: string;
  outsideId: string;
  length: number | null;
  stepCount: number | null;
  promptLength: number | null;
  messageLengths: number[] | null;
};

async function loadShapes(db: Db, projectId: string, byId: Map<string, KnownInstance>): Promise<void> {
  const rows = await db.$queryRaw<ShapeRow[]>`
    select c.instance_id as "instanceId", c.outside_id as "outsideId", char_length(c.text) as length,
      case when c.has_steps then cardinality(c.steps) end as "stepCount", char_length(i.prompt) as "promptLength",
      case when c.index = 0 then (select array_agg(char_length(m ->> 'content') order by place)
        from jsonb_array_elements(i.messages) with ordinality as turns(m, place)) end as "messageLengths"
    from completions c join instances i on i.project_id = c.project_id and i.id = c.instance_id
    where c.project_id = ${projectId}::uuid and c.instance_id = any(${[...byId.keys()]}::uuid[]) order by c.instance_id, c.index`;
  for (const { instanceId, outsideId, length, stepCount, promptLength, messageLengths } of rows) {
    const instance = byId.get(instanceId)!;
    // The first completion comes first, and has the lengths of the messages.
    instance.shape ??= { completions: [], promptLength: () => promptLength, messageLengths: () => messageLengths };
    instance.shape.completions.push({ id: outsideId, length: () => length, stepCount });
  }
}

/** What a dry run remembers of the records before, in instances and labels: about 100 MB. */
const maxRemembered = 100_000;

/** Forgets the instances met first while there are too many. */
export function forgetOldest(known: KnownInstances): void {
  let size = 0;
  for (const { labels } of known.values()) size += 1 + labels.size;
  for (const [outsideId, { labels }] of known) {
    if (size <= maxRemembered) return;
    known.delete(outsideId);
    size -= 1 + labels.size;
  }
}
