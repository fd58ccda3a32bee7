import type { Db } from "@/lib/db/client";
import { judgeRouted } from "@/lib/judges/start-run";
import { decide, type Decision } from "./decide";
import { currentPolicy } from "./policy";

/**
 * Decides by the project's current policy who is to label instances that are about to be stored, and queues judging for
 * those that go to AI. Call it in the transaction that stores them, with the project's row locked.
 */
export async function routeNew<T extends { id: string }>(
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
    decision: decide(policy, { id: instance.id, score: null }),
  }));
  if (routed.some(({ decision }) => decision.route !== "human")) await judgeRouted(db, projectId);
  return routed;
}
