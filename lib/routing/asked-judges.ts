import { Prisma } from "@/lib/db/generated/client";

/** The newest decision about an instance, with the policy that made it; both are columns. */
export const newestRouteOf = (projectId: Prisma.Sql, instanceId: Prisma.Sql) => Prisma.sql`(
  select r.stage, r.route, p.payload from routes r join policies p on p.project_id = r.project_id and p.version = r.policy_version
  where r.project_id = ${projectId} and r.instance_id = ${instanceId} order by r.policy_version desc, r.stage desc limit 1)`;

/** That about `instances i`. */
const newestRoute = newestRouteOf(Prisma.sql`i.project_id`, Prisma.sql`i.id`);

/**
 * Whether the policy that routed `instances i`, which are with AI or both, asks a judge: any, unless it names judges by
 * their cuts. Then what both label is for each of them, so that all are calibrated; else `confidence` asks those that have
 * a cut, and `cascade` the one whose turn it is.
 */
export function asksJudge(projectId: string, judgeId: string): Prisma.Sql {
  const signed = `judge:${judgeId}@%`;
  const named = (path: string) => Prisma.sql`exists (
    select from jsonb_path_query(newest.payload, ${path}::jsonpath) as cut where cut ->> 'judge' like ${signed})`;
  return Prisma.sql`(not exists (
      select from policies where project_id = ${projectId}::uuid and payload ->> 'kind' in ('confidence', 'cascade'))
    or not exists (select from ${newestRoute} as newest where newest.payload ->> 'kind' in ('confidence', 'cascade')
      and not case
        when i.route = 'dual' then ${named("$.cuts[*]")}
        when newest.payload ->> 'kind' = 'confidence' then ${named("$.cuts[*] ? (@.confidence != null)")}
        else newest.payload -> 'cuts' -> least(newest.stage, 1) ->> 'judge' like ${signed} end))`;
}

/**
 * Of `instances i` of these projects: they are with AI, and the second judge of a cascade is still to label them. Where no
 * policy is a cascade the database looks at none of them.
 */
export function waitsForSecondJudge(projectIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`(i.route = 'lm'
    and exists (select from policies where project_id = any(${projectIds}::uuid[]) and payload ->> 'kind' = 'cascade')
    and exists (select from ${newestRoute} as newest where newest.payload ->> 'kind' = 'cascade' and newest.stage = 1
      and not exists (select from labels l where l.project_id = i.project_id and l.instance_id = i.id
        and l.source = 'lm' and l.annotator = newest.payload -> 'cuts' -> 1 ->> 'judge')))`;
}
