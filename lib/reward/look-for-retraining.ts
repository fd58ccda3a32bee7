import { prisma } from "@/lib/db/client";

/** How long after a label the number of new ones is looked at: one look for many labels. */
const lookAfterSeconds = 5;

/**
 * Asks a worker to look soon whether so many labels are new that the reward model is to be trained again. One statement
 * that does nothing where no such number is set; call it outside of the transaction that stores the labels, so that
 * people who label at once do not wait for each other.
 */
export async function lookForRetraining(projectId: string): Promise<void> {
  await prisma.$executeRaw`
    select graphile_worker.add_job('retrain-due', payload => json_build_object('projectId', id), max_attempts => 2,
      run_at => now() + make_interval(secs => ${lookAfterSeconds}), job_key => 'retrain-due:' || id, job_key_mode => 'preserve_run_at')
    from projects
    where id = ${projectId}::uuid and (reward_settings ->> 'isEnabled')::boolean
      and reward_settings ->> 'retrainAfterLabels' is not null`;
}
