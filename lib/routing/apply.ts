import { OPERATOR, type Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { createRun } from "@/lib/jobs/runs";
import { judgeRouted } from "@/lib/judges/start-run";
import { inLocale, say } from "@/lib/say";
import { completePolicy } from "./complete";
import { describePolicy } from "./describe";
import { featuresSoon } from "./features/queue";
import { firstId, isOpen, withThreshold } from "./open-instances";
import { humanShareOf, lockPolicy, lockWeight, savePolicy, workOf } from "./policy";
import { addRoutes, noRoutes, rerouteBatch } from "./reroute";
import { countWeighed, reweighBatch } from "./reweigh";
import type { ApplyPolicyInput, Policy, PolicyApplied, PolicyPayload, RouteResult } from "./schema";

/**
 * Instances that are routed in the transaction that writes the policy; with more a run does it. Measured on 2 cores:
 * 2,000 take 0.3 s, during which imports into the project and leases of these instances wait.
 */
export const mostAtOnce = 2000;

/** Finding the cut among a million scores takes half a minute. */
const timeoutMs = 5 * 60_000;

/**
 * Makes a policy the project's current one, as its next version, and routes by it: every new instance from now on, and
 * those that nobody has labelled or holds. Few are routed at once; for many a run is started, and its id returned.
 * Throws `conflict` when another policy was applied after the version that `basedOn` names, or when no fit can be gone by
 * that it needs.
 */
export async function applyPolicy(
  access: Access<"routing:manage">,
  { policy: input, basedOn }: ApplyPolicyInput,
): Promise<PolicyApplied> {
  return await applyNext(access, basedOn, (db, before) => completePolicy(db, access, input, before));
}

/** The same with the policy that `next` makes, in the transaction that applies it. */
export async function applyNext(
  access: Access<"routing:manage">,
  basedOn: number | undefined,
  next: (db: Db, before: Policy) => Promise<PolicyPayload>,
): Promise<PolicyApplied> {
  return await prisma.$transaction(
    async (db) => {
      const before = await lockPolicy(db, access.projectId, "update");
      refuseOutdated(before, basedOn);
      const policy = await storePolicy(db, access, await next(db, before), before.version + 1);
      const work = workOf(policy, before);
      if (work.reweigh) await lockWeight(db, access.projectId, "update");
      if (await isSmall(db, access.projectId, work)) {
        return { version: policy.version, result: await doAtOnce(db, access.projectId, policy, work), runId: null };
      }
      const payload = { version: policy.version, ...work };
      const { id } = await createRun(db, access, { kind: "route", payload });
      return { version: policy.version, result: null, runId: id };
    },
    { timeout: timeoutMs, maxWait: 10_000 },
  );
}

function refuseOutdated(before: Policy, basedOn: number | undefined): void {
  if (basedOn === undefined || basedOn === before.version) return;
  throw new AppError(
    "conflict",
    say`Policy ${before.version} was applied after you looked at policy ${basedOn}. Look at what would change now, then apply again.`,
  );
}

async function storePolicy(
  db: Db,
  access: Access<"routing:manage">,
  payload: PolicyPayload,
  version: number,
): Promise<Policy> {
  const { projectId, userId } = access;
  const stored = await withThreshold(db, projectId, payload);
  // The command line is nobody's account.
  const createdById = userId === OPERATOR.userId ? null : userId;
  await savePolicy(db, { projectId, version, payload: stored, createdById });
  await featuresSoon(db, projectId);
  const { kind, dualShare, lmWeight, seed } = stored;
  await recordAudit(db, access, {
    action: "policy.apply",
    // The log says the same to everybody.
    target: inLocale("en", () => `policy ${version}: ${describePolicy(stored)}`),
    projectId,
    detail: { kind, humanShare: humanShareOf(stored), dualShare, lmWeight, seed },
  });
  return { ...stored, version };
}

async function isSmall(db: Db, projectId: string, work: { redraw: boolean; reweigh: boolean }): Promise<boolean> {
  const limit = mostAtOnce + 1;
  const weighed = work.reweigh ? await countWeighed(db, projectId, limit) : 0;
  if (!work.redraw) return weighed <= mostAtOnce;
  const [open] = await db.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from (
      select from instances i where i.project_id = ${projectId}::uuid and ${isOpen} limit ${limit}) as open`;
  return weighed + open.count <= mostAtOnce;
}

async function doAtOnce(
  db: Db,
  projectId: string,
  policy: Policy,
  work: { redraw: boolean; reweigh: boolean },
): Promise<RouteResult> {
  const result: RouteResult = { routes: noRoutes, changed: 0, reweighed: 0 };
  const limit = mostAtOnce;
  for (let after = work.redraw ? firstId : null; after !== null;) {
    const batch = await rerouteBatch(db, { projectId, policy, after, limit });
    result.routes = addRoutes(result.routes, batch.routes);
    result.changed += batch.changed;
    after = batch.last;
  }
  for (let after = work.reweigh ? firstId : null; after !== null;) {
    const batch = await reweighBatch(db, { projectId, after, limit });
    result.reweighed += batch.instances;
    after = batch.last;
  }
  if (result.routes.lm + result.routes.dual > 0) await judgeRouted(db, projectId);
  return result;
}
