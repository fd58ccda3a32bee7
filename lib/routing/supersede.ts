import { SYSTEM } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import type { Db } from "@/lib/db/client";
import { createSystemRun } from "@/lib/jobs/runs";
import { inLocale } from "@/lib/say";
import { describePolicy } from "./describe";
import { featuresSoon } from "./features/queue";
import { withThreshold } from "./open-instances";
import { humanShareOf, savePolicy } from "./policy";
import type { Policy, PolicyPayload, RoutePayload } from "./schema";

/** Finding a cut among a million scores takes half a minute: for the transaction of `supersedePolicy`. */
export const supersedeTimeoutMs = 5 * 60_000;

/**
 * Makes the next version of the policy without anybody asking for it, says why (`cause`: a sentence for people), and
 * starts the run that routes by it. `before` is the current one, which the transaction has locked for update
 * (lockPolicy). The cut of a policy that ranks is found anew.
 */
export async function supersedePolicy(
  db: Db,
  projectId: string,
  { before, payload, cause }: { before: Policy; payload: PolicyPayload; cause: string },
): Promise<{ version: number; runId: string }> {
  const version = before.version + 1;
  const stored = await withThreshold(db, projectId, payload);
  await savePolicy(db, { projectId, version, payload: stored, createdById: null, cause });
  await featuresSoon(db, projectId);
  const { kind, dualShare, lmWeight, seed } = stored;
  await recordAudit(db, SYSTEM, {
    action: "policy.apply",
    // The log says the same to everybody.
    target: inLocale("en", () => `policy ${version}: ${describePolicy(stored)}`),
    projectId,
    detail: { cause, kind, humanShare: humanShareOf(stored), dualShare, lmWeight, seed },
  });
  const routes: RoutePayload = { version, redraw: true, reweigh: lmWeight !== before.lmWeight };
  const { id } = await createSystemRun(db, projectId, { kind: "route", payload: routes });
  return { version, runId: id };
}
