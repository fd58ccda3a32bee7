import { isDatabaseDown, prisma } from "@/lib/db/client";
import { log } from "@/lib/log";
import { isCronMinute } from "./cron";
import { countNewLabels, hasJustComeToNothing } from "./new-labels";
import { scoreNew } from "./queue-scoring";
import { rewardSettings, type RewardSettings } from "./schema";
import { startDueTraining } from "./start-training";

const minuteMs = 60_000;

/** Minutes before its own that a late sweep makes up for. */
const mostMissed = 60;

/** Starts a training if the project has as many new labels as its settings say. */
export async function retrainIfDue(projectId: string): Promise<void> {
  await prisma.$transaction(async (db) => {
    const project = await db.project.findUnique({ where: { id: projectId }, select: { rewardSettings: true } });
    const { isEnabled, retrainAfterLabels: needed } = rewardSettings.parse(project?.rewardSettings ?? {});
    if (!isEnabled || needed === null) return;
    if ((await countNewLabels(db, projectId, needed)) < needed) return;
    if (await hasJustComeToNothing(db, projectId)) return;
    await startDueTraining(db, projectId, { newLabels: needed });
  });
}

/**
 * Once a minute: starts the trainings that are due by number of labels or by time, and forgets the states of trainings
 * that have ended. When it comes late it makes up for the minutes since it came last, an hour of them at most. What goes
 * wrong with one project is logged and costs the others nothing.
 */
export async function sweepReward(minute: Date): Promise<void> {
  await prisma.$executeRaw`
    delete from training_checkpoints c using runs r
    where r.project_id = c.project_id and r.id = c.run_id and r.state in ('succeeded', 'failed', 'cancelled')`;
  const minutes = await minutesSinceLast(minute);
  const projects = await prisma.$queryRaw<{ id: string; settings: unknown }[]>`
    select id, reward_settings as settings from projects where (reward_settings ->> 'isEnabled')::boolean order by id`;
  for (const { id, settings } of projects) {
    try {
      await startWhatIsDue(id, rewardSettings.parse(settings), minutes);
    } catch (error) {
      if (isDatabaseDown(error)) throw error;
      log.error({ projectId: id, err: error }, "the training schedule of a project failed");
    }
  }
  // At the end: what a sweep that dies has not looked at is left to the next.
  await prisma.$executeRaw`
    insert into reward_sweeps (id, minute) values (1, ${minute})
    on conflict (id) do update set minute = greatest(reward_sweeps.minute, excluded.minute)`;
}

/** The minutes after the last one that a sweep looked at, up to this one; of more than an hour, its last. */
async function minutesSinceLast(minute: Date): Promise<Date[]> {
  const [last] = await prisma.$queryRaw<{ minute: Date }[]>`select minute from reward_sweeps`;
  const end = minute.getTime();
  const start = last ? Math.max(last.minute.getTime() + minuteMs, end - mostMissed * minuteMs) : end;
  const minutes: Date[] = [];
  for (let time = start; time <= end; time += minuteMs) minutes.push(new Date(time));
  return minutes;
}

async function startWhatIsDue(
  projectId: string,
  { cron, retrainAfterLabels }: RewardSettings,
  minutes: Date[],
): Promise<void> {
  if (cron !== null && minutes.some((minute) => isCronMinute(cron, minute))) {
    await prisma.$transaction((db) => startDueTraining(db, projectId, { cron }));
  }
  if (retrainAfterLabels !== null) await retrainIfDue(projectId);
}

/** Queues the scoring of instances that came after the active version had scored all. */
export async function scoreNewInstances(projectId: string): Promise<void> {
  await prisma.$transaction((db) => scoreNew(db, projectId));
}
