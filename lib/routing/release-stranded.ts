import { prisma } from "@/lib/db/client";
import { refreshOpenSlots } from "@/lib/instances/open-slots";
import { canAnswer } from "@/lib/judges/start-run";

const reason = "The second judge, which it waited for, is switched off: to people";
const batchSize = 1000;

/** Sends to people what waits for the second judge of a cascade that is switched off or deleted. */
export async function releaseStranded(): Promise<void> {
  const projects = await prisma.$queryRaw<{ id: string }[]>`
    select distinct project_id::text as id from policies where payload ->> 'kind' = 'cascade'`;
  for (const { id } of projects) while ((await releaseBatch(id)) === batchSize);
}

async function releaseBatch(projectId: string): Promise<number> {
  return await prisma.$transaction(async (db) => {
    const locked = await db.$queryRaw<{ id: string }[]>`
      select i.id::text from instances i
      where i.project_id = ${projectId}::uuid and i.route = 'lm' and exists (
        select from routes r join policies p on p.project_id = r.project_id and p.version = r.policy_version
        where r.project_id = i.project_id and r.instance_id = i.id and r.stage = 1 and p.payload ->> 'kind' = 'cascade'
          and not exists (select from labels l where l.project_id = i.project_id and l.instance_id = i.id
            and l.source = 'lm' and l.annotator = p.payload -> 'cuts' -> 1 ->> 'judge')
          and not exists (select from judges j where j.project_id = i.project_id and ${canAnswer}
            and p.payload -> 'cuts' -> 1 ->> 'judge' like 'judge:' || j.id || '@%'))
      order by i.id limit ${batchSize} for update of i`;
    const ids = locked.map(({ id }) => id);
    await db.$executeRaw`
      with moved as (
        update instances set route = 'human' where project_id = ${projectId}::uuid and id = any(${ids}::uuid[]) returning id
      )
      insert into routes (project_id, instance_id, policy_version, stage, route, propensity, score, reason)
      select r.project_id, r.instance_id, r.policy_version, 2, 'human', r.propensity, null, ${reason}
      from routes r join moved on moved.id = r.instance_id
      where r.project_id = ${projectId}::uuid and r.stage = 1`;
    await refreshOpenSlots(db, projectId, ids);
    return ids.length;
  });
}
