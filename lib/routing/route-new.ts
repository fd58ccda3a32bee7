import type { Db } from "@/lib/db/client";
import { judgeRouted } from "@/lib/judges/start-run";
import { decide, type Decision } from "./decide";
import { currentPolicy } from "./policy";

/**
 * Decides by the project's current policy who is to label instances that are about to be stored, and queues judging for
 * those that go to AI. Call it in the transaction that stores them, with the project's row locked.
 */
export async function routeNew<T extends { id: string; hasImages: boolean }>(
  db: Db,
  projectId: string,
  instances: T[],
): Promise<(T & { policyVersion: number; decision: Decision })[]> {
  if (instances.length === 0) return [];
  const policy = await currentPolicy(db, projectId);
  const routed = instances.map((instance) => ({
    ...instance,
    policyVersion: policy.version,
    // No reward model has seen it yet.
    decision: decide(policy, { id: instance.id, score: null, hasImages: instance.hasImages }),
  }));
  if (routed.some(({ decision }) => decision.route !== "human")) await judgeRouted(db, projectId);
  return routed;
}

/**
 * Sends instances whose content was replaced to people where they have images now. Call it in the transaction that
 * replaced them; their open slots are to follow.
 */
export async function routeReplaced(
  db: Db,
  projectId: string,
  instances: { id: string; hasImages: boolean }[],
): Promise<void> {
  const ids = instances.flatMap(({ id, hasImages }) => (hasImages ? id : []));
  if (ids.length === 0) return;
  const policy = await currentPolicy(db, projectId);
  const { route, propensity, reason } = decide(policy, { id: "", score: null, hasImages: true });
  await db.$executeRaw`
    with moved as (
      update instances set route = ${route}::route_kind
      where project_id = ${projectId}::uuid and id = any(${ids}::uuid[]) and route <> ${route}::route_kind returning id
    )
    insert into routes (project_id, instance_id, policy_version, route, propensity, score, reason)
    select ${projectId}::uuid, id, ${policy.version}::int, ${route}::route_kind, ${propensity}::float8, null, ${reason} from moved
    on conflict (project_id, instance_id, policy_version, stage) do update set
      route = excluded.route, propensity = excluded.propensity, score = excluded.score, reason = excluded.reason`;
}
