import { prisma } from "@/lib/db/client";
import { refreshOpenSlots } from "@/lib/instances/open-slots";
import { canAnswer } from "@/lib/judges/start-run";

const reason = "The second judge, which it waited for, is switched off: to people";
const batchSize = 1000;
/** Finding what waits among a million instances takes some seconds. */
const timeoutMs = 60_000;

/** Sends to people what waits for the second judge of a cascade that is switched off or deleted. */
export async function releaseStranded(): Promise<void> {
  // Most cascades have both their judges, and their instances need no look.
  const cascades = await prisma.$queryRaw<{ projectId: string; versions: number[] }[]>`
    select p.project_id::text as "projectId", array_agg(p.version) as versions from policies p
    where p.payload ->> 'kind' = 'cascade' and not exists (
      select from judges j where j.project_id = p.project_id and ${canAnswer}
        and p.payload -> 'cuts' -> 1 ->> 'judge' like 'judge:' || j.id || '@%')
    group by 1`;
  for (const { projectId, versions } of cascades) while ((await releaseBatch(projectId, versions)) === batchSize);
}

/** `versions` are those of cascades whose second judge answers no more. */
async function releaseBatch(projectId: string, versions: number[]): Promise<number> {
  return await prisma.$transaction(
    async (db) => {
      const locked = await db.$queryRaw<{ id: string; version: number }[]>`
        select i.id::text, r.version from instances i cross join lateral (
          select policy_version as version, stage from routes r
          where r.project_id = i.project_id and r.instance_id = i.id order by policy_version desc, stage desc limit 1) as r
        where i.project_id = ${projectId}::uuid and i.route = 'lm' and r.stage = 1 and r.version = any(${versions}::int[])
          and not exists (
            select from labels l join policies p on p.project_id = l.project_id and p.version = r.version
            where l.project_id = i.project_id and l.instance_id = i.id and l.source = 'lm'
              and l.annotator = p.payload -> 'cuts' -> 1 ->> 'judge')
        order by i.id limit ${batchSize} for update of i`;
      const ids = locked.map(({ id }) => id);
      await db.$executeRaw`
        with gone as materialized (
          select * from json_to_recordset(${JSON.stringify(locked)}::json) as gone(id uuid, version int)
        ), moved as (
          update instances i set route = 'human' from gone where i.project_id = ${projectId}::uuid and i.id = gone.id
        )
        insert into routes (project_id, instance_id, policy_version, stage, route, propensity, score, reason)
        select r.project_id, r.instance_id, r.policy_version, 2, 'human', r.propensity, null, ${reason}
        from routes r join gone on gone.id = r.instance_id and gone.version = r.policy_version
        where r.project_id = ${projectId}::uuid and r.stage = 1`;
      await refreshOpenSlots(db, projectId, ids);
      return ids.length;
    },
    { timeout: timeoutMs, maxWait: 10_000 },
  );
}
