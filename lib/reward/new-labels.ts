import type { Db } from "@/lib/db/client";

/**
 * Comparisons by people and judges since the last training began, counted up to `most`. Ids grow with time, so the
 * newest are at the end of the primary key.
 */
export async function countNewLabels(db: Db, projectId: string, most: number): Promise<number> {
  const [{ labels }] = await db.$queryRaw<[{ labels: number }]>`
    select count(*)::int as labels from (
      select from labels
      where project_id = ${projectId}::uuid and source in ('human', 'lm') and type = 'comparison' and is_current
        and id > coalesce((
          select id from runs where project_id = ${projectId}::uuid and kind = 'train' order by id desc limit 1
        ), '00000000-0000-0000-0000-000000000000')
      limit ${most}
    ) new`;
  return labels;
}
