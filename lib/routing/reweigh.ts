import type { Db } from "@/lib/db/client";
import { refreshConsensus } from "@/lib/labels/consensus";

/**
 * Brings the consensus of the next instances after an id that have a label of an AI up to date with the weight of today.
 * `last` is the id it got to, null when there are no more.
 */
export async function reweighBatch(
  db: Db,
  { projectId, after, limit }: { projectId: string; after: string; limit: number },
): Promise<{ last: string | null; instances: number }> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select distinct instance_id as id from labels
    where project_id = ${projectId}::uuid and source = 'lm' and is_current and instance_id > ${after}::uuid
    order by instance_id limit ${limit}`;
  const ids = rows.map(({ id }) => id);
  await db.$queryRaw`
    select from instances where project_id = ${projectId}::uuid and id = any(${ids}::uuid[]) order by id for update`;
  await refreshConsensus(db, projectId, ids);
  return { last: ids.length < limit ? null : ids.at(-1)!, instances: ids.length };
}

/** How many instances have a label of an AI, up to a limit. */
export async function countWeighed(db: Db, projectId: string, limit: number): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from (
      select distinct instance_id from labels
      where project_id = ${projectId}::uuid and source = 'lm' and is_current limit ${limit}) as weighed`;
  return row.count;
}
