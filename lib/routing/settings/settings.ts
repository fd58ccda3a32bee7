import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { requireCron } from "@/lib/reward/cron";
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

/** Changes how routing looks after itself. Throws `invalid` for a schedule that cannot be read. */
export async function setRoutingSettings(
  access: Access<"routing:manage">,
  settings: RoutingSettings,
): Promise<RoutingSettings> {
  const { refit, appliesRefits, fallsBack, scheduled } = settings;
  if (refit.cron !== null) requireCron(refit.cron);
  const { projectId, slug } = access;
  await prisma.$transaction(async (db) => {
    await db.project.update({ where: { id: projectId }, data: { routingSettings: settings } });
    const next = scheduled && { scheduledPolicy: scheduled.policy.kind, scheduledAt: scheduled.at };
    const detail = { ...refit, appliesRefits, fallsBack, ...next };
    await recordAudit(db, access, { action: "routing.settings", target: slug, projectId, detail });
  });
  return settings;
}
