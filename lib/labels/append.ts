import type { Db } from "@/lib/db/client";
import { stringifyExact } from "@/lib/text/exact-json";
import type { LabelPayload, LabelSourceName, LabelTypeName } from "./schema";

/** A revision of a label from outside, to be stored. `meta` may hold numbers as written (lib/text/exact-json). */
export type NewLabel = {
  id: string;
  instanceId: string;
  submissionId: string;
  question: string;
  type: LabelTypeName;
  aspect: string;
  target: string;
  source: LabelSourceName;
  annotator: string;
  sample: number;
  revision: number;
  isCurrent: boolean;
  payload: LabelPayload;
  rationale: string | null;
  shownOrder: number[] | null;
  meta: object | null;
};

/**
 * Appends revisions and takes the currency from those they supersede. The caller has locked the instances and brings
 * the consensus and the open slots up to date.
 */
export async function appendLabels(
  db: Db,
  projectId: string,
  labels: NewLabel[],
  supersededIds: string[],
): Promise<void> {
  if (supersededIds.length > 0) {
    await db.$executeRaw`
      update labels set is_current = false where project_id = ${projectId}::uuid and id = any(${supersededIds}::uuid[])`;
  }
  if (labels.length === 0) return;
  await db.$executeRaw`
    insert into labels (project_id, id, instance_id, submission_id, question, type, aspect, target, source, annotator,
      sample, revision, is_current, payload, rationale, shown_order, meta)
    select ${projectId}::uuid, id, "instanceId", "submissionId", question, type, aspect, target, source, annotator,
      sample, revision, "isCurrent", payload, rationale, "shownOrder", meta
    from json_to_recordset(${stringifyExact(labels)}::json) as r(
      id uuid, "instanceId" uuid, "submissionId" uuid, question text, type label_type, aspect text, target text,
      source label_source, annotator text, sample int, revision int, "isCurrent" boolean, payload jsonb, rationale text,
      "shownOrder" int[], meta json)`;
}
