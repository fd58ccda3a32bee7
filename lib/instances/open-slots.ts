import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/**
 * Sets the open slots of these instances, or of all of a project, to the overlap less the people who hold them now, have
 * submitted them whatever was asked then, or have a label of a type that the task schema asks for. So new questions do
 * not open again what people have finished. A lapsed lease counts until it is swept, as sweeping comes here again. The
 * caller has locked the rows by a statement before: this one must start after every claim and submission that touched
 * them has committed.
 */
export async function refreshOpenSlots(db: Db, projectId: string, instanceIds: string[] | "all"): Promise<void> {
  if (instanceIds.length === 0) return;
  const isOne = (column: Prisma.Sql) =>
    instanceIds === "all" ? Prisma.empty : Prisma.sql`and ${column} = any(${instanceIds}::uuid[])`;
  await db.$executeRaw`
    with asked as (
      select distinct (question ->> 'type')::label_type as type
      from projects p join task_schemas t on t.project_id = p.id and t.version = p.schema_version,
        jsonb_array_elements(t.payload -> 'questions') as question
      where p.id = ${projectId}::uuid
    ), taken as (
      select instance_id, count(*)::int as people from (
        select instance_id, annotator from labels
        where project_id = ${projectId}::uuid ${isOne(Prisma.sql`instance_id`)}
          and source = 'human' and is_current and type in (select type from asked)
        union
        select instance_id, 'user:' || annotator_id from assignments
        where project_id = ${projectId}::uuid ${isOne(Prisma.sql`instance_id`)} and state in ('leased', 'submitted')
      ) as each_once group by instance_id
    ), wanted as (
      select i.id, case when i.is_labelable and i.route <> 'lm' then greatest(0, p.overlap - coalesce(t.people, 0)) else 0 end as slots
      from instances i join projects p on p.id = i.project_id left join taken t on t.instance_id = i.id
      where i.project_id = ${projectId}::uuid ${isOne(Prisma.sql`i.id`)}
    )
    update instances i set open_slots = w.slots from wanted w
    where i.project_id = ${projectId}::uuid and i.id = w.id and i.open_slots <> w.slots`;
}
