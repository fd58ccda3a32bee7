import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { comparedAspect, type Compared } from "./compared-aspect";
import { fewestPairs } from "./training/data";

/**
 * The pairs of a project that a training could learn from now, as training takes them: decided by people and judges on
 * the question and aspect it learns, both texts there and no image beside them, the held-out test part left out. `validates` tells those that only
 * stop it.
 */
export function decidedPairs(projectId: string, compared: Compared): Prisma.Sql {
  return Prisma.sql`
    select d.label_count, ('x' || substr(i.prompt_hash, 9, 8))::bit(32)::bigint % 100 < 20 as validates
    from (${decided(projectId, compared)}) d join instances i on i.project_id = ${projectId}::uuid and i.id = d.instance_id
    where i.split = 'train' and not exists (
      select from completions x where x.project_id = i.project_id and x.instance_id = i.id
        and (x.text is null or x.images <> '[]') and x.index in (d.first, d.second))`;
}

/** Places of two completions that consensus puts in an order, and the labels behind it. */
function decided(projectId: string, { from, question, aspect }: Compared): Prisma.Sql {
  const about = Prisma.sql`c.project_id = ${projectId}::uuid and c.question = ${question}`;
  if (from === "comparison")
    return Prisma.sql`
      select c.instance_id, c.label_count, (c.payload -> 'pair' ->> 0)::int as first, (c.payload -> 'pair' ->> 1)::int as second
      from consensus c where ${about} and c.type = 'comparison' and c.aspect = ${aspect} and c.payload ->> 'preferred' <> 'tie'`;
  if (from === "ranking")
    return Prisma.sql`
      select c.instance_id, c.label_count, (a.place - 1)::int as first, (b.place - 1)::int as second
      from consensus c cross join lateral jsonb_array_elements_text(c.payload -> 'ranks') with ordinality a(rank, place)
        cross join lateral jsonb_array_elements_text(c.payload -> 'ranks') with ordinality b(rank, place)
      where ${about} and c.type = 'ranking' and a.place < b.place and a.rank <> b.rank`;
  // Named categories count by their names: that two differ is all there is to know here.
  const value =
    from === "rating"
      ? Prisma.sql`coalesce(c.payload ->> 'mean', c.payload ->> 'value')`
      : Prisma.sql`c.payload ->> 'value'`;
  const answers = Prisma.sql`
    select c.instance_id, c.label_count, c.target::int as place, ${value} as value from consensus c
    where ${about} and c.type = ${from}::label_type and c.aspect = ${aspect}`;
  return Prisma.sql`
    select a.instance_id, a.label_count + b.label_count as label_count, a.place as first, b.place as second
    from (${answers}) a join (${answers}) b on b.instance_id = a.instance_id and a.place < b.place and a.value <> b.value`;
}

/** Whether the labels of a project are enough to train on. Looks at no more pairs than it takes to know. */
export async function canTrain(db: Db, projectId: string): Promise<boolean> {
  const compared = await comparedAspect(db, projectId);
  if (compared === null) return false;
  const pairs = decidedPairs(projectId, compared);
  const [{ train, validation }] = await db.$queryRaw<[{ train: number; validation: number }]>`
    select (select count(*) from (select from (${pairs}) p where not validates limit ${fewestPairs.train}) t)::int as train,
      (select count(*) from (select from (${pairs}) p where validates limit ${fewestPairs.validation}) v)::int as validation`;
  return train >= fewestPairs.train && validation >= fewestPairs.validation;
}
