import type { Db } from "@/lib/db/client";
import type { RouteKind } from "@/lib/db/generated/enums";
import { decide, type Decision } from "./decide";
import { isOpen, withScores } from "./open-instances";
import { openScorer } from "./score-instances";
import type { Policy, RouteCounts } from "./schema";

export const noRoutes: RouteCounts = { human: 0, lm: 0, dual: 0 };

/** A batch of re-routed instances: how many went each way, and how many of them elsewhere than before. */
type Rerouted = { last: string | null; routes: RouteCounts; changed: number };

/**
 * Routes the next open instances after an id by a policy: stores its decisions and sets route and open slots. `last` is
 * the id it got to, null when there are no more. Instances that this policy has routed already, at import, are left.
 */
export async function rerouteBatch(
  db: Db,
  { projectId, policy, after, limit }: { projectId: string; policy: Policy; after: string; limit: number },
): Promise<Rerouted> {
  // A statement of its own: the next one must begin after leases and labels that were in the way have committed.
  const locked = await db.$queryRaw<{ id: string }[]>`
    select i.id from instances i
    where i.project_id = ${projectId}::uuid and i.id > ${after}::uuid and ${isOpen} and not exists (
      select from routes r
      where r.project_id = i.project_id and r.instance_id = i.id and r.policy_version = ${policy.version}::int)
    order by i.id limit ${limit} for update of i`;
  const ids = locked.map(({ id }) => id);
  const open = await db.$queryRaw<{ id: string; route: RouteKind; hasImages: boolean }[]>`
    select i.id, i.route, i.has_images as "hasImages" from instances i
    where i.project_id = ${projectId}::uuid and i.id = any(${ids}::uuid[]) and ${isOpen}`;
  const candidates = await withScores(db, await openScorer(db, projectId, policy), open);
  const decisions = candidates.map((instance) => ({ id: instance.id, ...decide(policy, instance) }));
  await writeRoutes(db, { projectId, version: policy.version, decisions });
  return {
    last: ids.length < limit ? null : ids.at(-1)!,
    routes: countRoutes(decisions),
    changed: decisions.filter(({ route }, i) => route !== open[i]!.route).length,
  };
}

export function countRoutes(decisions: { route: RouteKind }[]): RouteCounts {
  const counts = { ...noRoutes };
  for (const { route } of decisions) counts[route]++;
  return counts;
}

export function addRoutes(a: RouteCounts, b: RouteCounts): RouteCounts {
  return { human: a.human + b.human, lm: a.lm + b.lm, dual: a.dual + b.dual };
}

/** Stores decisions about open instances, whose rows are locked: as nobody has one of them, all slots open. */
async function writeRoutes(
  db: Db,
  { projectId, version, decisions }: { projectId: string; version: number; decisions: ({ id: string } & Decision)[] },
): Promise<void> {
  if (decisions.length === 0) return;
  await db.$executeRaw`
    with r as materialized (
      select * from json_to_recordset(${JSON.stringify(decisions)}::json)
        as r(id uuid, route route_kind, propensity float8, score float8, reason text)
    ), put_routes as (
      insert into routes (project_id, instance_id, policy_version, route, propensity, score, reason)
      select ${projectId}::uuid, id, ${version}::int, route, propensity, score, reason from r
    )
    update instances i set route = r.route, open_slots = case when r.route = 'lm' then 0 else p.overlap end
    from r, projects p
    where p.id = ${projectId}::uuid and i.project_id = p.id and i.id = r.id and i.route <> r.route`;
}
