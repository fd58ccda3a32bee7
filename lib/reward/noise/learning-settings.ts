import type { Access } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/audit";
import { prisma, type Db } from "@/lib/db/client";
import { learningSettings, type LearningSettings } from "./schema";

/** How the next version of a project's reward model will weigh and correct labels. */
export async function getLearningSettings({ projectId }: Access<"reward:read">): Promise<LearningSettings> {
  return await chosenLearning(prisma, projectId);
}

/** Changes how the next version weighs and corrects labels; labels and older versions stay as they are. */
export async function setLearningSettings(
  access: Access<"reward:manage">,
  settings: LearningSettings,
): Promise<LearningSettings> {
  const { projectId, slug } = access;
  await prisma.$transaction(async (db) => {
    await db.project.update({ where: { id: projectId }, data: { rewardLearning: settings } });
    const { noise, ...weighing } = settings;
    const detail = { ...weighing, noise: noise.kind };
    await recordAudit(db, access, { action: "reward.learning", target: slug, projectId, detail });
  });
  return settings;
}

/** The settings that a training is to use. */
export async function chosenLearning(db: Db, projectId: string): Promise<LearningSettings> {
  const { rewardLearning } = await db.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { rewardLearning: true },
  });
  return learningSettings.parse(rewardLearning);
}
