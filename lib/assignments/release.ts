import type { Access } from "@/lib/auth/access";
import { prisma, type Db } from "@/lib/db/client";
import { letGo } from "./let-go";

/** Gives one assignment back, its draft kept. What is not leased any more stays as it is. */
export async function releaseAssignment(access: Access<"label:write">, id: string): Promise<void> {
  await prisma.$transaction((db) => letGo(db, access, id, { state: "released", reason: null }));
}

/**
 * Takes back everything a person has on loan in a project and returns how many assignments that were; each slot is open
 * for somebody else again. The instances are locked first and in the order of their ids, as every writer of them does.
 * What was submitted meanwhile is no longer leased and stays.
 */
export async function releaseAll(db: Db, projectId: string, userId: string): Promise<number> {
  return await db.$executeRaw`
    with held as (
      select project_id, id from instances
      where project_id = ${projectId}::uuid and id in (
        select instance_id from assignments
        where project_id = ${projectId}::uuid and annotator_id = ${userId}::uuid and state = 'leased')
      order by id for update
    ), released as (
      update assignments a set state = 'released', updated_at = now()
      from held
      where a.project_id = held.project_id and a.instance_id = held.id
        and a.annotator_id = ${userId}::uuid and a.state = 'leased'
      returning a.project_id, a.instance_id
    )
    update instances i set open_slots = i.open_slots + 1
    from released r
    where i.project_id = r.project_id and i.id = r.instance_id`;
}
