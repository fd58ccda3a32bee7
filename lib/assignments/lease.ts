import { v7 as uuidv7 } from "uuid";
import { randomInt } from "node:crypto";
import type { Access } from "@/lib/auth/access";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { refreshOpenSlots } from "@/lib/instances/open-slots";
import { currentSchema } from "@/lib/projects/current-schema";
import { lockAnnotator } from "./lock-annotator";
import { getAssignment } from "./queries";
import { maxHeld, type AssignmentView } from "./schema";
import { orderShown } from "./shown";

/**
 * The next thing to label: an assignment this person has on loan already and did not name in `held`, else one that they
 * submitted and are asked for again, else a new one, for the project's lease time. Null when nothing is left for them, or when they hold as many as they may.
 */
export async function nextAssignment(
  access: Access<"label:write">,
  { held }: { held: string[] },
): Promise<AssignmentView | null> {
  let id = await lease(access, held, "skip locked");
  if (id === null) {
    // The last slots may be lapsed leases, or under another's lock for a moment: nobody is told "nothing left" for that.
    // Each step is a transaction of its own, so that none waits for one row while it holds others.
    await sweepLapsedLeases(access.projectId);
    id = await lease(access, held, "wait");
  }
  return id === null ? null : await getAssignment(access, id);
}

/**
 * Takes back leases that ran out and returns how many. Instances are locked first, as every writer does; one that is
 * locked is being worked on and waits for the next time.
 */
export async function sweepLapsedLeases(projectId?: string): Promise<number> {
  const scope = projectId === undefined ? Prisma.empty : Prisma.sql`and project_id = ${projectId}::uuid`;
  return await prisma.$transaction(async (db) => {
    const expired = await db.$queryRaw<{ projectId: string; instanceId: string }[]>`
      with due as (
        select project_id, id from instances
        where (project_id, id) in (
          select project_id, instance_id from assignments where state = 'leased' and lease_until < now() ${scope} limit 5000)
        order by project_id, id for update skip locked
      )
      update assignments a set state = 'expired', updated_at = now()
      from due
      where a.project_id = due.project_id and a.instance_id = due.id and a.state = 'leased' and a.lease_until < now()
      returning a.project_id as "projectId", a.instance_id as "instanceId"`;
    for (const project of new Set(expired.map((one) => one.projectId))) {
      const instances = expired.filter((one) => one.projectId === project).map((one) => one.instanceId);
      await refreshOpenSlots(db, project, [...new Set(instances)]);
    }
    return expired.length;
  });
}

async function lease(
  access: Access<"label:write">,
  held: string[],
  locked: "skip locked" | "wait",
): Promise<string | null> {
  const { projectId, userId } = access;
  return await prisma.$transaction(async (db) => {
    await lockAnnotator(db, userId);
    const before = (await resume(db, access, held)) ?? (await askedAgain(db, access, held));
    if (before !== null) return before;
    const holding = await db.assignment.count({ where: { projectId, annotatorId: userId, state: "leased" } });
    return holding >= maxHeld ? null : await claim(db, access, locked);
  });
}

/** Extends the lease of one that is held already; what was begun comes first. */
async function resume(db: Db, { projectId, userId }: Access<"label:write">, held: string[]): Promise<string | null> {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    update assignments a set lease_until = now() + make_interval(secs => p.lease_seconds), updated_at = now()
    from projects p
    where p.id = a.project_id and a.project_id = ${projectId}::uuid and a.state = 'leased' and a.id = (
      select id from assignments
      where project_id = ${projectId}::uuid and annotator_id = ${userId}::uuid and state = 'leased' and id <> all(${held}::uuid[])
      order by draft is null, created_at, id limit 1)
    returning a.id`;
  return row?.id ?? null;
}

/** Something of theirs that re-label sets ask for. It stays submitted: nobody else may answer it, so nothing is lent. */
async function askedAgain(
  db: Db,
  { projectId, userId }: Access<"label:write">,
  held: string[],
): Promise<string | null> {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    select a.id from relabel_asks r
      join assignments a on a.project_id = r.project_id and a.id = r.assignment_id
      join instances i on i.project_id = a.project_id and i.id = a.instance_id and i.is_labelable
    where r.project_id = ${projectId}::uuid and r.annotator_id = ${userId}::uuid and r.answered_at is null
      and a.id <> all(${held}::uuid[])
    order by a.submitted_at, a.id limit 1`;
  return row?.id ?? null;
}

/**
 * Takes a slot of the first open instance this person has not had, in one statement that changes the row it locks, and
 * lends it. One that they let go or let lapse may come back to them, with its order and its draft.
 */
async function claim(db: Db, access: Access<"label:write">, locked: "skip locked" | "wait"): Promise<string | null> {
  const { projectId, userId } = access;
  const [taken] = await db.$queryRaw<{ id: string }[]>`
    with picked as materialized (
      select project_id, id from instances i
      where project_id = ${projectId}::uuid and open_slots > 0 and not exists (
        select from assignments a
        where a.project_id = i.project_id and a.instance_id = i.id and a.annotator_id = ${userId}::uuid
          and a.state in ('leased', 'submitted', 'skipped'))
      order by priority, id limit 1 for update ${locked === "wait" ? Prisma.empty : Prisma.sql`skip locked`}
    )
    update instances i set open_slots = i.open_slots - 1
    from picked where i.project_id = picked.project_id and i.id = picked.id
    returning i.id`;
  return taken === undefined ? null : await lend(db, access, taken.id);
}

/**
 * Writes the assignment of a slot just taken. Statements of their own, behind the lock: an import that replaced the
 * instance while the claim waited may have changed how many completions there are.
 */
async function lend(db: Db, { projectId, userId }: Access<"label:write">, instanceId: string): Promise<string> {
  const seed = randomInt(2 ** 31);
  const completions = await db.completion.count({ where: { projectId, instanceId } });
  const { taskSchema } = await currentSchema(db, projectId);
  const order = orderShown({ seed, completions, taskSchema });
  const [row] = await db.$queryRaw<[{ id: string }]>`
    insert into assignments (project_id, id, instance_id, annotator_id, state, lease_until, seed, shown_order)
    select ${projectId}::uuid, ${uuidv7()}::uuid, ${instanceId}::uuid, ${userId}::uuid, 'leased',
      now() + make_interval(secs => lease_seconds), ${seed}::int, ${order}::int[]
    from projects where id = ${projectId}::uuid
    on conflict (project_id, instance_id, annotator_id) do update set
      state = 'leased', lease_until = excluded.lease_until, updated_at = now()
    returning id`;
  return row.id;
}
