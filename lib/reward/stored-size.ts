import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { maxScoredCompletions, maxStoredBytes } from "./serving/schema";

/** Instances by how often each is asked for, with how many completions are sent beside them. */
type Asked = { projectId: string; instanceIds: readonly string[]; sent: number };

/**
 * Refuses, before any text is read, more completions in stored instances than a call may have, and more bytes of text. An
 * instance that is asked for twice counts twice.
 */
export async function requireFewStored({ projectId, instanceIds, sent }: Asked): Promise<void> {
  const [{ completions, bytes }] = await prisma.$queryRaw<[{ completions: number; bytes: number }]>`
    with asked as (select id, count(*) as times from unnest(${instanceIds}::uuid[]) id group by id),
    found as (
      select asked.times, count(c.index) as completions,
        coalesce(octet_length(i.prompt), 0) + coalesce(octet_length(i.messages::text), 0)
          + coalesce(octet_length(i.reference), 0) + coalesce(sum(octet_length(c.text)), 0) as bytes
      from asked
      join instances i on i.project_id = ${projectId}::uuid and i.id = asked.id
      left join completions c on c.project_id = i.project_id and c.instance_id = i.id
      group by asked.times, i.project_id, i.id
    )
    select coalesce(sum(times * completions), 0)::float8 as completions, coalesce(sum(times * bytes), 0)::float8 as bytes
    from found`;
  const count = completions + sent;
  if (count > maxScoredCompletions)
    throw new AppError(
      "invalid",
      say`The items have ${count} completions, and one call can have at most ${maxScoredCompletions}. Send them in several calls.`,
    );
  requireFewBytes(bytes, say`instances`);
}

/** The instances that hold the references of prompts: for each the oldest. Refuses more bytes than a call may have. */
export async function findReferences(projectId: string, promptHashes: readonly string[]): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ id: string; bytes: number }[]>`
    select distinct on (prompt_hash) id, octet_length(reference) as bytes from instances
    where project_id = ${projectId}::uuid and prompt_hash = any(${promptHashes}) and reference is not null
    order by prompt_hash, id`;
  requireFewBytes(
    rows.reduce((sum, { bytes }) => sum + bytes, 0),
    say`references of the prompts`,
  );
  return rows.map(({ id }) => id);
}

function requireFewBytes(bytes: number, what: string): void {
  if (bytes <= maxStoredBytes) return;
  const inMiB = (count: number) => (count / 1024 ** 2).toFixed(1);
  throw new AppError(
    "invalid",
    say`The stored ${what} have ${inMiB(bytes)} MiB of text, and one call can have at most ${inMiB(maxStoredBytes)} MiB. Send them in several calls.`,
  );
}
