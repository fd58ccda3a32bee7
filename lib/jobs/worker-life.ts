import os from "node:os";
import { isDatabaseDown, prisma } from "@/lib/db/client";
import { log } from "@/lib/log";

const beatSeconds = 5;
const deadSeconds = 15;

/**
 * Shows that the worker with this id (the id it locks jobs by) is alive, and gives the jobs of dead workers back to
 * the queue, which by itself would hold them for four hours. Call the returned function when it holds no job any more.
 */
export function startHeartbeat(workerId: string): () => Promise<void> {
  let lastBeatSucceeded = false;
  let beating: Promise<void> | undefined;

  async function beat(): Promise<void> {
    try {
      await recordBeat(workerId);
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

/** Whether some worker takes jobs from this database. */
export async function hasLiveWorker(): Promise<boolean> {
  const [{ alive }] = await prisma.$queryRaw<[{ alive: boolean }]>`
    select exists (
      select from worker_processes where heartbeat_at >= now() - make_interval(secs => ${deadSeconds})
    ) as alive`;
  return alive;
}

/** Signs a worker off and gives back what it still holds. */
export async function forgetWorker(workerId: string): Promise<void> {
  await prisma.$executeRaw`select graphile_worker.force_unlock_workers(array[${workerId}])`;
  await prisma.workerProcess.deleteMany({ where: { id: workerId } });
}

async function recordBeat(workerId: string): Promise<void> {
  await prisma.$executeRaw`
    insert into worker_processes (id, host, pid) values (${workerId}, ${os.hostname()}, ${process.pid})
    on conflict (id) do update set heartbeat_at = now()`;
}
