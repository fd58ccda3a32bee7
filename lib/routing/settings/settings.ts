import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { requireCron } from "@/lib/reward/cron";
import { say } from "@/lib/say";
import { routingSettings, type RoutingSettings } from "./schema";

/** How a project's routing looks after itself. */
export async function getRoutingSettings({ projectId }: Access<"routing:read">): Promise<RoutingSettings> {
  return await readRoutingSettings(prisma, projectId);
}

/** The same, for what the product does by itself. */
export async function readRoutingSettings(db: Db, projectId: string): Promise<RoutingSettings> {
  const project = await db.project.findUniqueOrThrow({ where: { id: projectId }, select: { routingSettings: true } });
  return routingSettings.parse(project.routingSettings);
}

/**
 * Changes how routing looks after itself. Throws `invalid` for times that cannot be read, and for a policy that is to be
 * applied at a time that has passed: settings that were read before it was applied would apply it once more.
 */
export async function setRoutingSettings(
  access: Access<"routing:manage">,
  settings: RoutingSettings,
): Promise<RoutingSettings> {
  const { refit, appliesRefits, fallsBack, scheduled } = settings;
  if (refit.cron !== null) requireCron(refit.cron);
  if (scheduled !== null) requireFuture(scheduled.at);
  const { projectId, slug } = access;
  await prisma.$transaction(async (db) => {
    await db.project.update({ where: { id: projectId }, data: { routingSettings: settings } });
    const next = scheduled && { scheduledPolicy: scheduled.policy.kind, scheduledAt: scheduled.at };
    const detail = { ...refit, appliesRefits, fallsBack, ...next };
    await recordAudit(db, access, { action: "routing.settings", target: slug, projectId, detail });
  });
  return settings;
}

function requireFuture(at: string): void {
  if (new Date(at) > new Date()) return;
  throw new AppError(
    "invalid",
    say`The time ${at}, at which a policy is to be applied, has passed. Read the settings again if it was applied meanwhile; else choose a later time.`,
    { faults: [{ path: "scheduled.at", message: say`must be in the future` }] },
  );
}
