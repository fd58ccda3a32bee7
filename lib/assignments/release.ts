import type { Access } from "@/lib/auth/access";
import { prisma, type Db } from "@/lib/db/client";
import { refreshOpenSlots } from "@/lib/instances/open-slots";
import { letGo } from "./let-go";

/** Gives one assignment back, its draft kept. What is not leased any more stays as it is. */
export async function releaseAssignment(access: Access<"label:write">, id: string): Promise<void> {
  await prisma.$transaction((db) => letGo(db, access, id, { state: "released", reason: null }));
}

/**
 * Takes back everything a person has on loan in a project and returns how many assignments that were; what is then
 * missing is open for somebody else. Runs in a transaction: the instances are locked first and in the order of their
 * ids, as every writer of them does. What was submitted meanwhile is no longer leased and stays.
 */
export async function releaseAll(db: Db, projectId: string, userId: string): Promise<number> {
  const released = await db.$queryRaw<{ instanceId: string }[]>`
    with held as (
      select project_id, id from instances
      where project_id = ${projectId}::uuid and id in (
        select instance_id from assignments
        where project_id = ${projectId}::uuid and annotator_id = ${userId}::uuid and state = 'leased')
      order by id for update
    )
    update assignments a set state = 'released', updated_at = now()
    from held
    where a.project_id = held.project_id and a.instance_id = held.id
      and a.annotator_id = ${userId}::uuid and a.state = 'leased'
    returning a.instance_id as "instanceId"`;
  await refreshOpenSlots(
    db,
    projectId,
    released.map((row) => row.instanceId),
  );
  return released.length;
}

/**
 * Takes back what is on loan of instances that people cannot be asked about any more: it could not be submitted. Drafts
 * are kept. The caller has locked the project's instances, and the open slots are to follow.
 */
export async function releaseUnlabelable(db: Db, projectId: string): Promise<void> {
  await db.$executeRaw`
    update assignments a set state = 'released', updated_at = now()
    from instances i
    where a.project_id = ${projectId}::uuid and a.state = 'leased'
      and i.project_id = a.project_id and i.id = a.instance_id and not i.is_labelable`;
}
