import type { Db } from "@/lib/db/client";
import { policyPayload, type Policy, type PolicyPayload } from "./schema";

/** The policy by which a project routes now. */
export async function currentPolicy(db: Db, projectId: string): Promise<Policy> {
  const [row] = await db.$queryRaw<{ version: number; payload: unknown }[]>`
    select policies.version, payload from policies join projects on projects.policy_version = policies.version
    where projects.id = ${projectId}::uuid and policies.project_id = ${projectId}::uuid`;
  if (!row) throw new Error(`Project ${projectId} has no policy, or was deleted.`);
  return { ...policyPayload.parse(row.payload), version: row.version };
}

/** The same, kept from changing until the transaction ends. Who is to change it asks for `update`. */
export async function lockPolicy(db: Db, projectId: string, lock: "share" | "update"): Promise<Policy> {
  // A key lock would hold up everybody who adds something to the project.
  if (lock === "update") await db.$queryRaw`select from projects where id = ${projectId}::uuid for no key update`;
  else await db.$queryRaw`select from projects where id = ${projectId}::uuid for share`;
  return await currentPolicy(db, projectId);
}

/**
 * Keeps the weight of AI from changing until the transaction ends, for who writes labels of AI; who changes it asks for
 * `update`, and then sees every label that was written by the weight before. Take it before rows of instances and after
 * the project's. A lock of its own, because judges ask for it all the time: on the project's row they would never let
 * anybody change the project.
 */
export async function lockWeight(db: Db, projectId: string, lock: "share" | "update"): Promise<void> {
  if (lock === "update")
    await db.$executeRaw`select pg_advisory_xact_lock(hashtextextended('weight ' || ${projectId}::text, 0))`;
  else await db.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended('weight ' || ${projectId}::text, 0))`;
}

/** A version of the policy as it is stored; `cause` says why the product made it by itself. */
type NewPolicy = {
  projectId: string;
  version: number;
  payload: PolicyPayload;
  createdById: string | null;
  cause?: string;
};

/** Stores the next version and makes it the current one; the project's row must be locked for update. */
export async function savePolicy(db: Db, policy: NewPolicy): Promise<void> {
  await db.policy.create({ data: policy });
  await db.project.update({ where: { id: policy.projectId }, data: { policyVersion: policy.version } });
}

/**
 * What applying a policy after another has to do: draw the routes anew unless only the weight of AI differs, and
 * recompute every consensus that AI has a vote in if it does. The same policy once more does both: that finishes what
 * a cancelled run left, and ranks by the scores of today.
 */
export function workOf(policy: PolicyPayload, before: Policy): { redraw: boolean; reweigh: boolean } {
  const reweigh = policy.lmWeight !== before.lmWeight;
  const isSame = drawnBy(policy) === drawnBy(before);
  return { redraw: !isSame || !reweigh, reweigh: reweigh || isSame };
}

/** Equal for policies that draw by the same rule. */
function drawnBy(policy: PolicyPayload): string {
  const { kind, dualShare, seed } = policy;
  const fit = "fitVersion" in policy ? policy.fitVersion : null;
  const cuts = "cuts" in policy ? policy.cuts : null;
  return JSON.stringify([kind, humanShareOf(policy), dualShare, seed, fit, cuts]);
}

/** The share that a policy sends to people, null for those that send everything one way. */
export function humanShareOf(policy: PolicyPayload): number | null {
  return "humanShare" in policy ? policy.humanShare : null;
}
