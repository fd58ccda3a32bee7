import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { Compared } from "@/lib/reward/compared-aspect";
import { dualUnits, type DualLabel, type DualUnit } from "./dual-units";

const batchSize = 500;

/** An instance that people and AI have labelled. */
export type DualInstance = {
  id: string;
  promptHash: string;
  /** Whether it was drawn for both at random. */
  isDrawn: boolean;
  /** Whether nothing that told it from others had a say in who labels it, so that it may stand for all. */
  isRepresentative: boolean;
  hasTags: boolean;
  /** By completion; null where there is none, or where it is not all that there is to see. */
  texts: (string | null)[];
  units: DualUnit[];
};

/** Something of an instance that people and AI have labelled. */
export type Placed = DualUnit & { instance: DualInstance };

type Row = Omit<DualInstance, "units" | "texts"> & {
  texts: { text: string | null; hasImages: boolean }[];
  labels: DualLabel[];
};

/**
 * Of `instances i` of the part that trains, those with a label of a person who saw no suggestion and one of an LM, on what
 * is compared.
 */
export function isDual({ from, question, aspect }: Compared): Prisma.Sql {
  const one = Prisma.sql`l.project_id = i.project_id and l.instance_id = i.id and l.is_current
    and l.question = ${question} and l.type = ${from}::label_type and l.aspect = ${aspect} and not l.payload ? 'cannotTell'`;
  return Prisma.sql`i.split = 'train'
    and exists (select from labels l where ${one} and l.source = 'lm')
    and exists (select from labels l where ${one} and l.source = 'human' and l.suggestion is null)`;
}

/** How many instances a fit could learn from, up to a number. */
export async function countDual(db: Db, projectId: string, compared: Compared, most: number): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from (
      select from instances i where i.project_id = ${projectId}::uuid and ${isDual(compared)} limit ${most}) as dual`;
  return row.count;
}

/** The instances that people and AI have labelled, page by page. */
export async function* loadDual(projectId: string, compared: Compared): AsyncGenerator<DualInstance[]> {
  const { from, question, aspect } = compared;
  const codes = new Map<string, number>();
  for (let after = "00000000-0000-0000-0000-000000000000"; ;) {
    const rows = await prisma.$queryRaw<Row[]>`
      select i.id::text, i.prompt_hash as "promptHash", r.route = 'dual' as "isDrawn",
        r.route = 'dual' or r.score is null and r.stage = 0 as "isRepresentative",
        exists (select from instance_tags t where t.project_id = i.project_id and t.instance_id = i.id) as "hasTags",
        (select json_agg(json_build_object('text', c.text, 'hasImages', c.images <> '[]') order by c.index)
          from completions c where c.project_id = i.project_id and c.instance_id = i.id) as texts,
        (select json_agg(json_build_object('question', l.question, 'type', l.type, 'aspect', l.aspect, 'source', l.source,
            'annotator', l.annotator, 'payload', l.payload, 'outcome', l.meta ->> 'outcome', 'costMicros', l.cost_micros,
            'confidence', case when l.meta ->> 'outcome' = 'inconsistent' then 0 when json_typeof(l.meta -> 'confidence') = 'number' then (l.meta ->> 'confidence')::float8 end)
            order by l.id)
          from labels l where l.project_id = i.project_id and l.instance_id = i.id and l.is_current
            and l.question = ${question} and l.type = ${from}::label_type and l.aspect = ${aspect}
            and (l.source = 'lm' or l.source = 'human' and l.suggestion is null)) as labels
      from instances i cross join lateral (
        select route, score, stage from routes r where r.project_id = i.project_id and r.instance_id = i.id
        order by policy_version desc, stage desc limit 1) r
      where i.project_id = ${projectId}::uuid and i.id > ${after}::uuid and ${isDual(compared)}
      order by i.id limit ${batchSize}`;
    if (rows.length === 0) return;
    after = rows.at(-1)!.id;
    yield rows.map(({ labels, texts, ...row }) => ({
      ...row,
      texts: texts.map(({ text, hasImages }) => (hasImages ? null : text)),
      units: dualUnits(labels, codes),
    }));
  }
}
