import { prisma } from "@/lib/db/client";
import { isCronMinute } from "./cron";
import { countNewLabels } from "./new-labels";
import { scoreNew } from "./queue-scoring";
import { rewardSettings } from "./schema";
import { startDueTraining } from "./start-training";

/** Starts a training if the project has as many new labels as its settings say. */
export async function retrainIfDue(projectId: string): Promise<void> {
  await prisma.$transaction(async (db) => {
    const project = await db.project.findUnique({ where: { id: projectId }, select: { rewardSettings: true } });
    const { isEnabled, retrainAfterLabels: needed } = rewardSettings.parse(project?.rewardSettings ?? {});
    if (!isEnabled || needed === null) return;
    if ((await countNewLabels(db, projectId, needed)) < needed) return;
    await startDueTraining(db, projectId, `${needed} new labels`);
  });
}

/**
 * Once a minute: starts the trainings that are due by number of labels or by time, and forgets the states of trainings
 * that have ended.
 */
export async function sweepReward(minute: Date): Promise<void> {
  await prisma.$executeRaw`
    delete from training_checkpoints c using runs r
    where r.project_id = c.project_id and r.id = c.run_id and r.state in ('succeeded', 'failed', 'cancelled')`;
  const projects = await prisma.$queryRaw<{ id: string; settings: unknown }[]>`
    select id, reward_settings as settings from projects where (reward_settings ->> 'isEnabled')::boolean`;
  for (const { id, settings } of projects) {
    const { cron, retrainAfterLabels } = rewardSettings.parse(settings);
    if (cron !== null && isCronMinute(cron, minute)) {
      await prisma.$transaction((db) => startDueTraining(db, id, `schedule ${cron}`));
    }
    if (retrainAfterLabels !== null) await retrainIfDue(id);
  }
}

/** Queues the scoring of instances that came after the active version had scored all. */
export async function scoreNewInstances(projectId: string): Promise<void> {
  await prisma.$transaction((db) => scoreNew(db, projectId));
}
