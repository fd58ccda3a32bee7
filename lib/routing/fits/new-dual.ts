import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { Compared } from "@/lib/reward/compared-aspect";
import { isDual } from "./load-dual";

/**
 * Instances that people and AI have both labelled since a run was made, all if none was, counted up to `most`. Ids grow with
 * time: either side has no label from before.
 */
export async function countNewDual(
  projectId: string,
  compared: Compared,
  { since, most }: { since: string | null; most: number },
): Promise<number> {
  const before = (source: "human" | "lm"): Prisma.Sql => Prisma.sql`exists (
    select from labels b where b.project_id = i.project_id and b.instance_id = i.id and b.source = ${source}::label_source
      and b.question = ${compared.question} and b.aspect = ${compared.aspect} and b.id < ${since}::uuid)`;
  // By the labels that were given since, which are few beside all that people and AI have labelled.
  const isNew =
    since === null
      ? Prisma.empty
      : Prisma.sql`and not (${before("human")} and ${before("lm")}) and i.id in (
          select instance_id from labels where project_id = ${projectId}::uuid and id >= ${since}::uuid and source in ('human', 'lm'))`;
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from (
      select from instances i where i.project_id = ${projectId}::uuid and ${isDual(compared)} ${isNew} limit ${most}) as dual`;
  return row.count;
}

/** The current versions of judges that are switched on and have labelled so many of the instances that people have. */
export async function judgesWithDual(projectId: string, compared: Compared, fewest: number): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ judge: string }[]>`
    select 'judge:' || j.id || '@' || j.version as judge from judges j
    where j.project_id = ${projectId}::uuid and j.is_enabled and j.kind = 'lm' and ${fewest}::int <= (
      select count(*) from (
        select from labels l join instances i on i.project_id = l.project_id and i.id = l.instance_id
        where l.project_id = j.project_id and l.source = 'lm' and l.is_current
          and l.annotator = 'judge:' || j.id || '@' || j.version
          and l.question = ${compared.question} and l.aspect = ${compared.aspect} and ${isDual(compared)}
        limit ${fewest}) as labelled)`;
  return rows.map(({ judge }) => judge);
}
