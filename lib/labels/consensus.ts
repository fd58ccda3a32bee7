import type { Db } from "@/lib/db/client";
import { didNotStand } from "@/lib/routing/standing";
import { aggregate } from "./aggregate";
import type { Aggregate } from "./consensus-rules";
import { labelWeight, type ConsensusTypeName } from "./schema";

/** The current labels of one question about one target, of spans about all texts that they cover. */
type Group = {
  instanceId: string;
  question: string;
  type: ConsensusTypeName;
  aspect: string;
  target: string;
  /** In the order of their ids. */
  labels: unknown;
  /** What an AI's vote counts in this project. */
  lmWeight: unknown;
};

type ConsensusRow = Aggregate & {
  instance_id: string;
  question: string;
  type: ConsensusTypeName;
  aspect: string;
  target: string;
};

/**
 * Brings the consensus of these instances up to date with their current labels and the project's weight of AI: rows of
 * changed questions are written, rows without votes removed, the rest stay as they are. It is what the labels by
 * people, each with weight 1, and by AI judges come to; rewards of a model and demo labels never count, nor do labels of
 * judges that the routing policy does not let stand.
 * Call it in the transaction that writes the labels, with the instances' rows locked: three statements however many.
 */
export async function refreshConsensus(db: Db, projectId: string, instanceIds: string[]): Promise<void> {
  if (instanceIds.length === 0) return;
  const groups = await db.$queryRaw<Group[]>`
    select instance_id as "instanceId", question, type, aspect, case when type = 'spans' then '' else target end as target,
      jsonb_agg(jsonb_build_object('id', id, 'source', source, 'annotator', annotator, 'sample', sample, 'payload', payload) order by id) as labels,
      (select policies.payload -> 'lmWeight' from policies join projects on projects.id = policies.project_id
        and projects.policy_version = policies.version where policies.project_id = ${projectId}::uuid) as "lmWeight"
    from labels l
    where project_id = ${projectId}::uuid and instance_id = any(${instanceIds}::uuid[])
      and source in ('human', 'lm') and type <> 'critique' and is_current and not ${didNotStand(projectId)}
    group by 1, 2, 3, 4, 5`;
  const rows = JSON.stringify(groups.flatMap(rowsOf));
  await db.$executeRaw`
    delete from consensus c
    where project_id = ${projectId}::uuid and instance_id = any(${instanceIds}::uuid[]) and not exists (
      select from jsonb_to_recordset(${rows}::jsonb) as r(instance_id uuid, question text, type label_type, aspect text, target text)
      where r.instance_id = c.instance_id and r.question = c.question and r.type = c.type and r.aspect = c.aspect and r.target = c.target)`;
  if (groups.length === 0) return;
  await db.$executeRaw`
    insert into consensus as c
      (project_id, instance_id, question, type, aspect, target, method, payload, confidence, counts, label_count, label_ids, computed_at)
    select ${projectId}::uuid, r.instance_id, r.question, r.type, r.aspect, r.target, r.method, r.payload, r.confidence, r.counts, r.label_count, r.label_ids, now()
    from jsonb_to_recordset(${rows}::jsonb) as r(instance_id uuid, question text, type label_type, aspect text, target text, method text,
      payload jsonb, confidence float8, counts jsonb, label_count int, label_ids uuid[])
    on conflict (project_id, instance_id, question, type, aspect, target) do update set
      method = excluded.method, payload = excluded.payload, confidence = excluded.confidence, counts = excluded.counts,
      label_count = excluded.label_count, label_ids = excluded.label_ids, computed_at = excluded.computed_at
    where (c.label_ids, c.payload, c.confidence, c.label_count)
      is distinct from (excluded.label_ids, excluded.payload, excluded.confidence, excluded.label_count)`;
}

/** The consensus rows of a group. */
function rowsOf({ instanceId, question, type, aspect, target, labels, lmWeight }: Group): ConsensusRow[] {
  const weights = { human: 1, lm: labelWeight.parse(lmWeight) };
  return aggregate({ type, target, labels }, weights).map(({ target, aggregate }) => ({
    ...{ instance_id: instanceId, question, type, aspect, target },
    ...aggregate,
  }));
}
