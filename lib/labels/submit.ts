import { v7 as uuidv7 } from "uuid";
import type { Db } from "@/lib/db/client";
import { bookSubmission } from "@/lib/ledger/book";
import { canonicalJson } from "@/lib/text/canonical";
import { labelTarget, type LabelPayload, type LabelSuggestion, type LabelTypeName } from "./schema";

export type Submission = {
  submissionId: string;
  /** The questions and aspects that were answered, those about which nothing was said included. */
  answered: { question: string; aspect: string }[];
  labels: {
    question: string;
    type: LabelTypeName;
    aspect: string;
    payload: LabelPayload;
    suggestion: LabelSuggestion | null;
  }[];
  /** The reason given for the whole submission; every label of it carries it. */
  rationale: string | null;
  /** Of the whole submission, too. */
  isUnsure: boolean;
  /** Questions that were asked anew: answers that stay the same become revisions too, of the versions answered now. */
  confirmed?: readonly string[];
  shownOrder: readonly number[];
  schemaVersion: number;
  guidelinesVersion: number;
  activeMs: number;
};

/**
 * Appends what a person said about an instance and returns how many labels that made. An answer that differs from their
 * current one becomes its next revision; one that is the same stays, unless it was asked for anew. What they said before in answer to these questions
 * and have now left out is no longer current. The instance's row must be locked.
 */
export async function storeSubmission(
  db: Db,
  { projectId, userId, instanceId }: { projectId: string; userId: string; instanceId: string },
  { answered, labels, rationale, isUnsure, confirmed = [], ...submission }: Submission,
): Promise<number> {
  const annotator = `user:${userId}`;
  const before = await db.label.findMany({
    where: {
      ...{ projectId, instanceId, source: "human", annotator, sample: 0 },
      question: { in: answered.map(({ question }) => question) },
    },
    select: {
      ...{ id: true, question: true, type: true, aspect: true, target: true },
      ...{ revision: true, isCurrent: true, payload: true, rationale: true, isUnsure: true },
    },
    orderBy: { revision: "asc" },
  });
  const newest = new Map(before.map((label) => [keyOf(label), label]));
  const given = labels.map((label) => ({ ...label, target: labelTarget(label.type, label.payload) }));
  const changed = given.filter((label) => {
    if (confirmed.includes(label.question)) return true;
    const old = newest.get(keyOf(label));
    const isSame = old?.isCurrent && old.type === label.type;
    const isSaidAlike = old?.rationale === rationale && old.isUnsure === isUnsure;
    return !isSame || !isSaidAlike || canonicalJson(old.payload) !== canonicalJson(label.payload);
  });
  const kept = new Set(given.filter((label) => !changed.includes(label)).map(keyOf));
  const asked = new Set(answered.map(({ question, aspect }) => `${question} ${aspect}`));
  const replaced = before.filter(
    (label) => label.isCurrent && asked.has(`${label.question} ${label.aspect}`) && !kept.has(keyOf(label)),
  );
  if (replaced.length > 0) {
    await db.label.updateMany({
      where: { projectId, id: { in: replaced.map(({ id }) => id) } },
      data: { isCurrent: false },
    });
  }
  await bookSubmission(db, {
    projectId,
    userId,
    activeMs: submission.activeMs,
    types: changed.map(({ type }) => type),
  });
  if (changed.length === 0) return 0;
  const { submissionId, shownOrder, schemaVersion, guidelinesVersion, activeMs } = submission;
  const rows = changed.map((label) => ({
    ...{ ...label, id: uuidv7() },
    revision: (newest.get(keyOf(label))?.revision ?? 0) + 1,
  }));
  // created_at comes from the database's clock; Prisma would send this process's.
  await db.$executeRaw`
    insert into labels (project_id, id, instance_id, submission_id, question, type, aspect, target, source, annotator, user_id, sample,
      revision, payload, rationale, is_unsure, suggestion, shown_order, schema_version, guidelines_version, active_ms)
    select ${projectId}::uuid, r.id, ${instanceId}::uuid, ${submissionId}::uuid, r.question, r.type, r.aspect, r.target, 'human',
      ${annotator}, ${userId}::uuid, 0, r.revision, r.payload, ${rationale}, ${isUnsure}::boolean, r.suggestion, ${shownOrder}::int[], ${schemaVersion}::int,
      ${guidelinesVersion}::int, ${activeMs}::int
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      id uuid, question text, type label_type, aspect text, target text, revision int, payload jsonb, suggestion jsonb)`;
  return rows.length;
}

function keyOf({ question, aspect, target }: { question: string; aspect: string; target: string }): string {
  return JSON.stringify([question, aspect, target]);
}
