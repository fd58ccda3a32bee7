import { prisma } from "@/lib/db/client";

const lateText = "The upload did not finish within an hour. Start a new one.";
const abandonedText =
  "The worker ended unexpectedly at every attempt. Start the {0} again; if that fails too, give your admin the reference {1}.";

/**
 * Ends the runs that nobody works on any more: uploads that began over an hour ago, and runs whose job is gone or was
 * given up because each of its attempts took the worker down and none got it further. Deletes uploaded bytes that are
 * needed no more.
 */
export async function sweepRuns(): Promise<{ failed: number }> {
  const lateUploads = await prisma.$executeRaw`
    update runs
    set state = 'failed', finished_at = now(), error = ${lateText}
    where state = 'uploading' and created_at < now() - interval '1 hour'`;
  await retryProgressing();
  const abandoned = await prisma.$executeRaw`
    update runs
    set state = 'failed', finished_at = now(), error = replace(replace(${abandonedText}, '{0}', kind), '{1}', id::text)
    where state in ('queued', 'running') and not exists (
      select from graphile_worker.jobs
      where key = 'run:' || runs.id and (locked_at is not null or attempts < max_attempts)
    )`;
  await prisma.$executeRaw`
    delete from upload_chunks using runs
    where runs.project_id = upload_chunks.project_id and runs.id = upload_chunks.run_id
      and runs.state in ('succeeded', 'failed', 'cancelled')`;
  return { failed: lateUploads + abandoned };
}

/**
 * Gives a run all its attempts again that has got further since it last had them: workers died under it, but it is not
 * what took them down.
 */
async function retryProgressing(): Promise<void> {
  await prisma.$executeRaw`
    with progressing as (
      update runs set checkpoint = checkpoint || jsonb_build_object('retried', checkpoint -> 'value')
      from graphile_worker.jobs
      where key = 'run:' || runs.id and locked_at is null and attempts >= max_attempts and state in ('queued', 'running')
        and checkpoint -> 'value' <> 'null' and checkpoint -> 'value' is distinct from checkpoint -> 'retried'
      returning jobs.id
    )
    select graphile_worker.reschedule_jobs(array(select id from progressing), attempts => 0)`;
}
