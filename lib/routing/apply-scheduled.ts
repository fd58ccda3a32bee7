import { SYSTEM } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { completePolicy } from "./complete";
import { lockPolicy } from "./policy";
import type { RoutingSettings } from "./settings/schema";
import { readRoutingSettings } from "./settings/settings";
import { supersedePolicy, supersedeTimeoutMs } from "./supersede";

/** Once a minute: applies the policies whose time has come; one that fails does not keep the others from it. */
export async function applyScheduled(): Promise<void> {
  const due = await prisma.$queryRaw<{ id: string; slug: string }[]>`
    select id::text, slug from projects where (routing_settings -> 'scheduled' ->> 'at')::timestamptz <= now()`;
  const faults: unknown[] = [];
  for (const { id, slug } of due) await applyDue({ projectId: id, slug }).catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) throw new AggregateError(faults, "Not every scheduled policy could be applied.");
}

/**
 * A policy that cannot be applied when its time has come, as no fit can be gone by, is given up: applied some other day
 * it would surprise everybody. The audit log says so.
 */
async function applyDue(project: { projectId: string; slug: string }): Promise<void> {
  const { projectId } = project;
  await prisma.$transaction(
    async (db) => {
      const before = await lockPolicy(db, projectId, "update");
      const { scheduled, ...settings } = await readRoutingSettings(db, projectId);
      if (scheduled === null || new Date(scheduled.at) > new Date()) return;
      const cause = `It was scheduled for ${scheduled.at}.`;
      try {
        const payload = await completePolicy(db, project, scheduled.policy, before);
        await supersedePolicy(db, projectId, { before, payload, cause });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const target = `scheduled ${scheduled.policy.kind} policy, which could not be applied`;
        await recordAudit(db, SYSTEM, { action: "policy.apply", target, projectId, detail: { error: error.message } });
      }
      const left: RoutingSettings = { ...settings, scheduled: null };
      await db.project.update({ where: { id: projectId }, data: { routingSettings: left } });
    },
    { timeout: supersedeTimeoutMs, maxWait: 10_000 },
  );
}
