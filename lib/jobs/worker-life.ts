import os from "node:os";
import { isDatabaseDown, prisma, type Db } from "@/lib/db/client";
import { log } from "@/lib/log";
import type { JobName } from "./schema";

const beatSeconds = 5;
const deadSeconds = 15;

/**
 * Shows that the worker with this id (the id it locks jobs by) is alive and which jobs it takes, and gives the jobs of
 * dead workers back to the queue, which by itself would hold them for four hours. Call the returned function when it holds no job any more.
 */
export function startHeartbeat(workerId: string, tasks: string[]): () => Promise<void> {
  let lastBeatSucceeded = false;
  let beating: Promise<void> | undefined;

  async function beat(): Promise<void> {
    try {
      await recordBeat(workerId, tasks);
      // After an outage of the database every worker looks dead; one beat later those alive have said so.
      if (lastBeatSucceeded) await unlockDeadWorkers();
      lastBeatSucceeded = true;
    } catch (error) {
      lastBeatSucceeded = false;
      log[isDatabaseDown(error) ? "warn" : "error"]({ err: error }, "heartbeat failed");
    }
  }

  function start(): void {
    beating ??= beat().finally(() => (beating = undefined));
  }

  start();
  const timer = setInterval(start, beatSeconds * 1000);
  return async () => {
    clearInterval(timer);
    await beating;
    await forgetWorker(workerId).catch((error: unknown) => log.warn({ err: error }, "the worker could not sign off"));
  };
}

/** Gives back the jobs of workers whose heartbeat stopped, or who died before their first one. */
export async function unlockDeadWorkers(): Promise<void> {
  // Only the database's clock counts, so machines whose clocks differ do not declare each other dead.
  await prisma.$executeRaw`
    with alive as (
      select id from worker_processes where heartbeat_at >= now() - make_interval(secs => ${deadSeconds})
    ), holders as (
      select distinct locked_by as id from graphile_worker.jobs
      where locked_at < now() - make_interval(secs => ${deadSeconds})
    )
    select graphile_worker.force_unlock_workers(array(select id from holders except select id from alive))`;
  await prisma.$executeRaw`
    delete from worker_processes where heartbeat_at < now() - make_interval(secs => ${deadSeconds})`;
}

/** Names of the jobs that some live worker takes. */
export async function listTakenTasks(db: Db = prisma): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ task: string }[]>`
    select distinct unnest(tasks) as task from worker_processes
    where heartbeat_at >= now() - make_interval(secs => ${deadSeconds})`;
  return new Set(rows.map(({ task }) => task));
}

/** Whether some worker takes this job. */
export async function hasLiveWorker(task: JobName): Promise<boolean> {
  return (await listTakenTasks()).has(task);
}

/** Signs a worker off and gives back what it still holds. */
export async function forgetWorker(workerId: string): Promise<void> {
  await prisma.$executeRaw`select graphile_worker.force_unlock_workers(array[${workerId}])`;
  await prisma.workerProcess.deleteMany({ where: { id: workerId } });
}

async function recordBeat(workerId: string, tasks: string[]): Promise<void> {
  await prisma.$executeRaw`
    insert into worker_processes (id, host, pid, tasks) values (${workerId}, ${os.hostname()}, ${process.pid}, ${tasks}::text[])
    on conflict (id) do update set heartbeat_at = now()`;
}
