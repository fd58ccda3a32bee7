import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma } from "@/lib/db/client";
import { requireCron } from "./cron";
import { rewardSettings, type RewardSettings } from "./schema";

/** When a project's reward model is trained again by itself. */
export async function getRewardSettings({ projectId }: Access<"reward:read">): Promise<RewardSettings> {
  const project = await prisma.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { rewardSettings: true },
  });
  return rewardSettings.parse(project.rewardSettings);
}

/** Changes when the reward model is trained again by itself. Throws `invalid` for a schedule that cannot be read. */
export async function setRewardSettings(
  access: Access<"reward:manage">,
  settings: RewardSettings,
): Promise<RewardSettings> {
  if (settings.cron !== null) requireCron(settings.cron);
  const { projectId, slug } = access;
  await prisma.$transaction(async (db) => {
    await db.project.update({ where: { id: projectId }, data: { rewardSettings: settings } });
    await recordAudit(db, access, { action: "reward.settings", target: slug, projectId, detail: settings });
  });
  return settings;
}
