import type { Access } from "@/lib/auth/access";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { applyNext } from "./apply";
import { readPrices } from "./budget/prices";
import { hasValidCuts } from "./complete";
import { policyPayload, type PolicyApplied, type PolicyPayload, type RollbackInput } from "./schema";

/**
 * Makes the policy of an earlier version the next one: as it was, by its fit and its judges' cuts, but the cut of one that
 * ranks is found anew among the instances that are open now, and a budget over days that have passed is left out. Throws
 * `not_found` for a version that there is not, and `conflict` when its judges have changed since, or another policy was
 * applied after the version that `basedOn` names.
 */
export async function rollBack(
  access: Access<"routing:manage">,
  { version, basedOn }: RollbackInput,
): Promise<PolicyApplied> {
  const row = await prisma.policy.findUnique({
    where: { projectId_version: { projectId: access.projectId, version } },
    select: { payload: true },
  });
  if (!row) throw new AppError("not_found", say`There is no policy ${version} in project ${access.slug}.`);
  const policy = policyPayload.parse(row.payload);
  return await applyNext(access, basedOn, async (db) => {
    await requireValid(db, access, { policy, version });
    return withoutPastBudget(policy);
  });
}

async function requireValid(
  db: Db,
  access: Access<"routing:manage">,
  { policy, version }: { policy: PolicyPayload; version: number },
): Promise<void> {
  if (policy.kind === "learned-per-cost") await readPrices(access);
  if (!("cuts" in policy) || (await hasValidCuts(db, access.projectId, policy.cuts))) return;
  throw new AppError(
    "conflict",
    policy.kind === "cascade"
      ? say`Policy ${version} has cuts of judges that have changed since, or that are switched off. Apply a new cascade, which makes them anew.`
      : say`Policy ${version} has cuts of judges that have changed since, or that are switched off. Apply a new policy by judge confidence, which makes them anew.`,
  );
}

function withoutPastBudget(policy: PolicyPayload): PolicyPayload {
  const today = new Date().toISOString().slice(0, 10);
  return "pacing" in policy && policy.pacing && policy.pacing.endsOn < today ? { ...policy, pacing: null } : policy;
}
