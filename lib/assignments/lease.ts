import { v7 as uuidv7 } from "uuid";
import { randomInt } from "node:crypto";
import type { Access } from "@/lib/auth/access";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { getAssignment } from "./queries";
import { maxHeld, type AssignmentView } from "./schema";

/** Milliseconds: how long a burst of annotators may wait for a connection, and a claim for a lock. */
const patience = { maxWait: 10_000, timeout: 20_000 };

/**
 * The next thing to label: an assignment this person has on loan already and did not name in `held`, else a new one,
 * for the project's lease time. Null when nothing is left for them, or when they hold as many as they may.
 */
export async function nextAssignment(
  access: Access<"label:write">,
  { held }: { held: string[] },
): Promise<AssignmentView | null> {
  const id = await prisma.$transaction((db) => lease(db, access, held), patience);
  return id === null ? null : await getAssignment(access, id);
}

/**
 * Takes back the slots of leases that ran out and returns how many instances got some back. Instances are locked first,
 * as every writer does; one that is locked is being worked on and waits for the next time.
 */
export async function sweepLapsedLeases(db: Db = prisma, projectId?: string): Promise<number> {
  const scope = projectId === undefined ? Prisma.empty : Prisma.sql`and project_id = ${projectId}::uuid`;
  return await db.$executeRaw`
    with due as (
      select project_id, id from instances
      where (project_id, id) in (
        select project_id, instance_id from assignments where state = 'leased' and lease_until < now() ${scope} limit 5000)
      order by project_id, id for update skip locked
    ), expired as (
      update assignments a set state = 'expired', updated_at = now()
      from due
      where a.project_id = due.project_id and a.instance_id = due.id and a.state = 'leased' and a.lease_until < now()
      returning a.project_id, a.instance_id
    ), freed as (
      select project_id, instance_id, count(*)::int as slots from expired group by 1, 2
    )
    update instances i set open_slots = i.open_slots + freed.slots
    from freed where i.project_id = freed.project_id and i.id = freed.instance_id`;
}

async function lease(db: Db, access: Access<"label:write">, held: string[]): Promise<string | null> {
  const { projectId, userId } = access;
  // Two tabs of one person take turns; else each would count what is held before the other has taken its own.
  await db.$queryRaw`select from users where id = ${userId}::uuid for no key update`;
  const resumed = await resume(db, access, held);
  if (resumed !== null) return resumed;
  const holding = await db.assignment.count({ where: { projectId, annotatorId: userId, state: "leased" } });
  if (holding >= maxHeld) return null;
  const claimed = await claim(db, access, "skip locked");
  if (claimed !== null) return claimed;
  // The last slots may be lapsed leases, or under another's lock for a moment: nobody is told "nothing left" for that.
  await sweepLapsedLeases(db, projectId);
  return await claim(db, access, "wait");
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

/**
 * Takes a slot of the first open instance this person has not had, and lends it, in one statement that changes the row
 * it locks. One that they let go or let lapse may come back to them, with its order and its draft.
 *
 * The order is a function of the seed: with n completions there are n(n - 1) ordered pairs, numbered by first, then second.
 */
async function claim(
  db: Db,
  { projectId, userId }: Access<"label:write">,
  locked: "skip locked" | "wait",
): Promise<string | null> {
  const seed = randomInt(2 ** 31);
  const [row] = await db.$queryRaw<{ id: string }[]>`
    with picked as materialized (
      select project_id, id from instances i
      where project_id = ${projectId}::uuid and open_slots > 0 and not exists (
        select from assignments a
        where a.project_id = i.project_id and a.instance_id = i.id and a.annotator_id = ${userId}::uuid
          and a.state in ('leased', 'submitted', 'skipped'))
      order by priority, id limit 1 for update ${locked === "wait" ? Prisma.empty : Prisma.sql`skip locked`}
    ), taken as (
      update instances i set open_slots = i.open_slots - 1
      from picked where i.project_id = picked.project_id and i.id = picked.id
      returning i.project_id, i.id
    ), numbered as (
      select taken.*, n, ${seed}::int % (n * (n - 1)) as pair
      from taken, lateral (
        select count(*)::int as n from completions c where c.project_id = taken.project_id and c.instance_id = taken.id) as counted
    ), shown as (
      select numbered.*, pair / (n - 1) as first, pair % (n - 1) as rest from numbered
    )
    insert into assignments (project_id, id, instance_id, annotator_id, state, lease_until, seed, shown_order)
    select project_id, ${uuidv7()}::uuid, shown.id, ${userId}::uuid, 'leased',
      now() + make_interval(secs => (select lease_seconds from projects p where p.id = project_id)),
      ${seed}::int, array[first, rest + (rest >= first)::int]
    from shown
    on conflict (project_id, instance_id, annotator_id) do update set
      state = 'leased', lease_until = excluded.lease_until, updated_at = now()
    returning id`;
  return row?.id ?? null;
}
