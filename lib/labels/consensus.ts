import type { Db } from "@/lib/db/client";
import { majority, type Majority } from "@/lib/stats/majority";
import { comparisonPayload, signedStrength, type ComparisonPayload, type ConsensusPayload } from "./schema";

/** The current labels of one question about one pair. */
type Group = {
  instanceId: string;
  question: string;
  aspect: string;
  target: string;
  /** In the order of the payloads. */
  labelIds: string[];
  payloads: unknown[];
};

type ConsensusRow = {
  instance_id: string;
  question: string;
  aspect: string;
  target: string;
  payload: ConsensusPayload;
  confidence: number;
  counts: Majority["counts"];
  label_count: number;
  label_ids: string[];
};

/**
 * Brings the consensus of these instances up to date with their current labels: rows of changed questions are written,
 * rows without labels removed, the rest stay as they are. Majority of people's comparisons; no other source counts.
 * Call it in the transaction that writes the labels, with the instances' rows locked: three statements however many.
 */
export async function refreshConsensus(db: Db, projectId: string, instanceIds: string[]): Promise<void> {
  if (instanceIds.length === 0) return;
  const groups = await db.$queryRaw<Group[]>`
    select instance_id as "instanceId", question, aspect, target,
      array_agg(id::text order by id) as "labelIds", jsonb_agg(payload order by id) as payloads
    from labels
    where project_id = ${projectId}::uuid and instance_id = any(${instanceIds}::uuid[])
      and source = 'human' and type = 'comparison' and is_current
    group by instance_id, question, aspect, target`;
  const rows = JSON.stringify(groups.map(aggregate));
  await db.$executeRaw`
    delete from consensus c
    where project_id = ${projectId}::uuid and instance_id = any(${instanceIds}::uuid[]) and not exists (
      select from jsonb_to_recordset(${rows}::jsonb) as r(instance_id uuid, question text, aspect text, target text)
      where r.instance_id = c.instance_id and r.question = c.question and r.aspect = c.aspect and r.target = c.target)`;
  if (groups.length === 0) return;
  await db.$executeRaw`
    insert into consensus as c
      (project_id, instance_id, question, aspect, target, method, payload, confidence, counts, label_count, label_ids, computed_at)
    select ${projectId}::uuid, r.instance_id, r.question, r.aspect, r.target, 'majority', r.payload, r.confidence, r.counts, r.label_count, r.label_ids, now()
    from jsonb_to_recordset(${rows}::jsonb) as r(instance_id uuid, question text, aspect text, target text,
      payload jsonb, confidence float8, counts jsonb, label_count int, label_ids uuid[])
    on conflict (project_id, instance_id, question, aspect, target) do update set
      method = excluded.method, payload = excluded.payload, confidence = excluded.confidence, counts = excluded.counts,
      label_count = excluded.label_count, label_ids = excluded.label_ids, computed_at = excluded.computed_at
    -- Labels never change, so the same labels give the same consensus.
    where c.label_ids <> excluded.label_ids`;
}

function aggregate({ instanceId, question, aspect, target, labelIds, payloads }: Group): ConsensusRow {
  const answers = payloads.map((payload) => comparisonPayload.parse(payload));
  const { answer, counts, confidence, isDraw } = majority(answers.map(({ preferred }) => preferred))!;
  const payload = {
    pair: answers[0]!.pair,
    preferred: answer,
    bothBad: 2 * answers.filter(({ bothBad }) => bothBad).length > answers.length,
    isDraw,
    strength: meanStrength(answers),
  };
  return {
    ...{ instance_id: instanceId, question, aspect, target, payload, confidence, counts },
    label_count: answers.length,
    label_ids: labelIds,
  };
}

function meanStrength(answers: ComparisonPayload[]): number {
  return answers.reduce((sum, answer) => sum + signedStrength(answer), 0) / answers.length;
}
