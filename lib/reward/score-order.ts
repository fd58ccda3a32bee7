import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { isReadable } from "./readable";

/** Margins beyond it are certain, and exp would not take them. */
const largestMargin = 30;

/** Of `instances i`: those that a version has not scored and can read whole. */
export function isUnscored(projectId: string, version: number): Prisma.Sql {
  return Prisma.sql`i.project_id = ${projectId}::uuid and ${isReadable} and not exists (
    select from reward_scores s
    where s.project_id = i.project_id and s.instance_id = i.id and s.model_version = ${version}::int)`;
}

/**
 * Instances that a version has not scored, most useful first: those that wait for their first label, as routing and people
 * go by their scores; of them those without any score, then those on whose first two completions the members of the version
 * before disagree most (the variance over the members of the probability that the first is preferred).
 */
export async function nextToScore(projectId: string, version: number, limit: number): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    select i.id::text as id
    from instances i
    left join reward_scores a on a.project_id = i.project_id and a.instance_id = i.id and a.index = 0
    left join reward_scores b on b.project_id = i.project_id and b.instance_id = i.id and b.index = 1
    where ${isUnscored(projectId, version)}
    order by exists (select from labels l
        where l.project_id = i.project_id and l.instance_id = i.id and l.source <> 'demo'),
      a.instance_id is not null,
      (select var_pop(1 / (1 + exp(-greatest(least(x - y, ${largestMargin}), -${largestMargin}::float8))))
        from unnest(a.members, b.members) as member(x, y)) desc nulls last,
      i.id
    limit ${limit}`;
  return rows.map(({ id }) => id);
}
