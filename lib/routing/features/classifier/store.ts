import { prisma, type Db } from "@/lib/db/client";
import type { Message } from "@/lib/instances/schema";
import { openDimensions } from "../tag-words";
import { classifierName } from "./method";
import { absent, taggedByOthers } from "./tagged-prompts";

export type Untagged = { id: string; contentHash: string; prompt: string | null; messages: Message[] | null };

/** The next instances, after an id, that nobody but a classifier has tagged, in the order of ids. */
export async function findUntagged(
  projectId: string,
  { after, limit }: { after: string; limit: number },
): Promise<Untagged[]> {
  return await prisma.$queryRaw<Untagged[]>`
    select i.id::text, i.content_hash as "contentHash", i.prompt, i.messages from instances i
    where i.project_id = ${projectId}::uuid and i.id > ${after}::uuid and i.is_labelable and not i.has_images
      and not ${taggedByOthers}
    order by i.id limit ${limit}`;
}

/** How many instances nobody but a classifier has tagged. */
export async function countUntagged(projectId: string): Promise<number> {
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from instances i
    where i.project_id = ${projectId}::uuid and i.is_labelable and not i.has_images and not ${taggedByOthers}`;
  return row.count;
}

/**
 * Stores what a classifier names of instances in place of what one named before. Left out is what others have tagged, or
 * whose text was replaced, meanwhile.
 */
export async function storeNamed(
  db: Db,
  { projectId, method }: { projectId: string; method: string },
  named: readonly { instance: Untagged; tags: Record<string, string> }[],
): Promise<void> {
  const rows = named.map(({ instance: { id, contentHash: hash }, tags }) => ({ id, hash, tags: writtenOf(tags) }));
  await db.$executeRaw`
    with r as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, hash text, tags jsonb)
    ), here as (
      select i.id, r.tags from instances i join r on r.id = i.id and r.hash = i.content_hash
      where i.project_id = ${projectId}::uuid and not ${taggedByOthers} order by i.id for share of i
    ), gone as (
      delete from instance_tags t using here
      where t.project_id = ${projectId}::uuid and t.instance_id = here.id and t.source = 'tool'
        and here.tags ->> t.dimension is distinct from t.value
    )
    insert into instance_tags (project_id, instance_id, source, dimension, value, place, annotator, method)
    select ${projectId}::uuid, here.id, 'tool'::label_source, said.key, said.value, 0, ${classifierName}, ${method}
    from here cross join lateral jsonb_each_text(here.tags) as said
    on conflict (project_id, instance_id, source, dimension, value) do update
      set place = excluded.place, annotator = excluded.annotator, method = excluded.method, created_at = now()`;
}

/** That there is none of a dimension in free words is said by no tag. */
function writtenOf(tags: Record<string, string>): Record<string, string> {
  const said = Object.entries(tags).filter(
    ([dimension, value]) => !(openDimensions.has(dimension) && value === absent),
  );
  return Object.fromEntries(said);
}
