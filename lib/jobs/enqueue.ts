import type { z } from "zod";
import type { Db } from "@/lib/db/client";
import type { JobName, jobPayloads } from "./schema";

/** How often the queue hands out a job that does not end: fifteen times, as each death of a worker is one of them. */
const maxAttempts = 15;

/**
 * Adds a job. With a transaction as `db` it exists exactly when the data it is about does. A waiting job of the same
 * key is replaced. Jobs of one queue are done one after the other.
 */
export async function enqueue<N extends JobName>(
  db: Db,
  job: {
    name: N;
    payload: z.input<(typeof jobPayloads)[N]>;
    key?: string;
    queue?: string;
    /** Seconds until it is due. A waiting job of the same key then keeps its time instead of being put off again. */
    afterSeconds?: number;
  },
): Promise<void> {
  await db.$executeRaw`
    select graphile_worker.add_job(
      ${job.name}::text, payload => ${JSON.stringify(job.payload)}::json,
      queue_name => ${job.queue ?? null}::text, max_attempts => ${maxAttempts}::int, job_key => ${job.key ?? null}::text,
      run_at => now() + make_interval(secs => ${job.afterSeconds ?? 0}::float8),
      job_key_mode => ${job.afterSeconds === undefined ? "replace" : "preserve_run_at"}::text
    )`;
}

/** Takes a job that has not begun off the queue. */
export async function dequeue(db: Db, key: string): Promise<void> {
  await db.$executeRaw`select graphile_worker.remove_job(${key}::text)`;
}
