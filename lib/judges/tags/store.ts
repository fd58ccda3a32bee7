import { prisma, type Db } from "@/lib/db/client";
import type { LmEntry } from "@/lib/ledger/book";
import type { Purse } from "@/lib/ledger/purse";
import { taggerVersion, type Tags } from "../protocols/tagger";
import { annotatorOf } from "../queries";
import type { TagSubject } from "./select";

export type TaggedSubject = { subject: TagSubject; tags: Tags };

/** A run that routes or imports may hold the instances for a while; what is paid for is not to be lost over that. */
const transaction = { timeout: 30_000, maxWait: 10_000 };

type Tagger = { projectId: string; judgeId: string; version: number };

/**
 * Stores the tags of instances in place of those that an LM or a classifier gave them before, and books what was paid, or
 * does neither. Tags of a text that was replaced since it was read are left out.
 */
export async function storeTags(
  tagger: Tagger,
  tagged: readonly TaggedSubject[],
  { purse, entries }: { purse: Purse; entries: LmEntry[] },
): Promise<void> {
  await prisma.$transaction(async (db) => {
    if (tagged.length > 0) await replaceTags(db, tagger, tagged);
    await purse.book(db, entries);
  }, transaction);
}

async function replaceTags(db: Db, tagger: Tagger, tagged: readonly TaggedSubject[]): Promise<void> {
  const { projectId } = tagger;
  const rows = tagged.flatMap(({ subject: { instanceId: id, contentHash: hash }, tags }) =>
    Object.entries(tags).flatMap(([dimension, said]) =>
      [said].flat().map((value, place) => ({ id, hash, dimension, value, place })),
    ),
  );
  await db.$executeRaw`
    with r as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, hash text, dimension text, value text, place int)
    ), here as (
      select i.id from instances i
      where i.project_id = ${projectId}::uuid and exists (select from r where r.id = i.id and r.hash = i.content_hash)
      order by i.id for share of i
    ), gone as (
      delete from instance_tags t using here
      where t.project_id = ${projectId}::uuid and t.instance_id = here.id and t.source in ('lm', 'tool')
        and not exists (
          select from r where t.source = 'lm' and r.id = t.instance_id and r.dimension = t.dimension and r.value = t.value)
    )
    insert into instance_tags (project_id, instance_id, source, dimension, value, place, annotator, method)
    select ${projectId}::uuid, r.id, 'lm'::label_source, r.dimension, r.value, r.place, ${annotatorOf(tagger)}, ${taggerVersion}
    from r join here on here.id = r.id
    on conflict (project_id, instance_id, source, dimension, value) do update
      set place = excluded.place, annotator = excluded.annotator, method = excluded.method, created_at = now()`;
}
