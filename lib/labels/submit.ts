import { v7 as uuidv7 } from "uuid";
import type { Db } from "@/lib/db/client";
import { canonicalJson } from "@/lib/text/canonical";
import { labelTarget, type ComparisonPayload } from "./schema";

export type ComparisonSubmission = {
  submissionId: string;
  /** By aspect; all about one pair. */
  payloads: ReadonlyMap<string, ComparisonPayload>;
  /** The reason given for the whole submission; every label of it carries it. */
  rationale: string | null;
  shownOrder: readonly number[];
  schemaVersion: number;
  guidelinesVersion: number;
  activeMs: number;
};

/**
 * Appends what a person said about an instance and returns how many labels that made. An answer that differs from their
 * current one becomes its next revision; one that is the same stays. The instance's row must be locked.
 */
export async function storeComparisons(
  db: Db,
  { projectId, userId, instanceId }: { projectId: string; userId: string; instanceId: string },
  { payloads, rationale, ...submission }: ComparisonSubmission,
): Promise<number> {
  const key = {
    projectId,
    instanceId,
    question: "comparison",
    source: "human",
    annotator: `user:${userId}`,
    sample: 0,
  } as const;
  const current = await db.label.findMany({
    where: { ...key, aspect: { in: [...payloads.keys()] }, isCurrent: true },
    select: { id: true, aspect: true, target: true, revision: true, payload: true, rationale: true },
  });
  const changed = [...payloads].flatMap(([aspect, payload]) => {
    const target = labelTarget("comparison", payload);
    const before = current.find((label) => label.aspect === aspect && label.target === target);
    const isSame = before && before.rationale === rationale && canonicalJson(before.payload) === canonicalJson(payload);
    return isSame ? [] : [{ aspect, target, payload, before }];
  });
  if (changed.length === 0) return 0;
  const replaced = changed.flatMap(({ before }) => (before ? [before.id] : []));
  if (replaced.length > 0)
    await db.label.updateMany({ where: { projectId, id: { in: replaced } }, data: { isCurrent: false } });
  const { submissionId, shownOrder, schemaVersion, guidelinesVersion, activeMs } = submission;
  const rows = changed.map(({ aspect, target, payload, before }) => ({
    id: uuidv7(),
    aspect,
    target,
    payload,
    revision: (before?.revision ?? 0) + 1,
  }));
  // created_at comes from the database's clock; Prisma would send this process's.
  await db.$executeRaw`
    insert into labels (project_id, id, instance_id, submission_id, question, type, aspect, target, source, annotator, user_id, sample,
      revision, payload, rationale, shown_order, schema_version, guidelines_version, active_ms)
    select ${projectId}::uuid, r.id, ${instanceId}::uuid, ${submissionId}::uuid, ${key.question}, 'comparison', r.aspect, r.target, 'human',
      ${key.annotator}, ${userId}::uuid, ${key.sample}::int, r.revision, r.payload, ${rationale}, ${shownOrder}::int[], ${schemaVersion}::int,
      ${guidelinesVersion}::int, ${activeMs}::int
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, aspect text, target text, revision int, payload jsonb)`;
  return rows.length;
}
