import { runOnce, type TaskList } from "graphile-worker";
import { pool, prisma } from "@/lib/db/client";
import { queueLogger } from "@/lib/jobs/queue-logger";

/**
 * Does the jobs of these tasks that are due, and those that they add, as the worker process would. Returns when the
 * queue has stored that they are done: what was its own of a named queue keeps nothing back from whoever comes next.
 */
export async function workOff(taskList: TaskList): Promise<void> {
  // Without a delay the queue does not wait for its completions, whose last may be on its way when it says it is done.
  const preset = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } };
  // Jobs of one queue wait for each other: the next looks taken until the completion before it is stored.
  do await runOnce({ pgPool: pool, logger: queueLogger, noHandleSignals: true, preset, taskList });
  while (await isAnyDue(Object.keys(taskList)));
}

async function isAnyDue(tasks: string[]): Promise<boolean> {
  const [{ isDue }] = await prisma.$queryRaw<[{ isDue: boolean }]>`
    select exists (
      select from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id and t.identifier = any(${tasks}::text[])
      left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
      where j.is_available and j.run_at <= now() and q.is_available is not false
    ) as "isDue"`;
  return isDue;
}
