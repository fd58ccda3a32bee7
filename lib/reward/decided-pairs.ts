import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { comparedAspect, type Compared } from "./compared-aspect";
import { fewestPairs } from "./training/data";

/**
 * The pairs of a project that a training could learn from now, as training takes them: decided by people and judges on
 * the question and aspect it learns, both texts there and no image beside them, the held-out test part left out. `validates` tells those that only
 * stop it.
 */
export function decidedPairs(projectId: string, { question, aspect }: Compared): Prisma.Sql {
  return Prisma.sql`
    select c.label_count, ('x' || substr(i.prompt_hash, 9, 8))::bit(32)::bigint % 100 < 20 as validates
    from consensus c join instances i on i.project_id = c.project_id and i.id = c.instance_id
    where c.project_id = ${projectId}::uuid and c.type = 'comparison' and c.question = ${question} and c.aspect = ${aspect}
      and i.split = 'train' and c.payload ->> 'preferred' <> 'tie'
      and not exists (
        select from completions x where x.project_id = c.project_id and x.instance_id = c.instance_id
          and (x.text is null or x.images <> '[]')
          and x.index in ((c.payload -> 'pair' ->> 0)::int, (c.payload -> 'pair' ->> 1)::int))`;
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
