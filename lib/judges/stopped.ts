import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { tellRunError } from "@/lib/jobs/tell-run-error";
import { say } from "@/lib/say";
import { closedUntil } from "./closed-accounts";
import { canAnswer, hasQuestions, queueRoutedRun } from "./start-run";

/** Minutes before a judge that stopped is tried again: as many as it has been tried in vain, within these. */
const pauseMinutes = { least: 1, most: 6 * 60 };
/** After so many in vain it is left to people: some providers want money for answers that do not come. */
const triedMinutes = 24 * 60;

export type StoppedJudge = {
  projectId: string;
  judgeId: string;
  name: string;
  /** Why its newest run left instances behind. */
  error: string;
  /** A cap on money ended it. */
  atCap: boolean;
  /** When it begins again by itself; null when it does not. */
  nextTryAt: Date | null;
};

type StoppedRow = Omit<StoppedJudge, "error"> & { error: string | null; leftBehind: number };

/** Once a minute: begins again with the judges whose time has come. What nobody could answer may find its answer now. */
export async function resumeStopped(): Promise<void> {
  for (const { projectId, judgeId, nextTryAt } of await findStopped()) {
    if (nextTryAt === null || nextTryAt > new Date()) continue;
    await prisma.$transaction(async (db) => {
      if (await hasQuestions(db, projectId, judgeId)) await queueRoutedRun(db, projectId, judgeId);
    });
  }
}

/**
 * The judges that are switched on and whose newest run over what is routed to AI failed or set questions aside; of one
 * project, or of all. One that somebody cancelled is none of them. None is tried before its provider wants to be asked.
 * One that a cap ended goes on when its period is over or the cap was changed, and was not tried in vain.
 */
export async function findStopped(projectId?: string): Promise<StoppedJudge[]> {
  const ofProject = projectId === undefined ? Prisma.empty : Prisma.sql`and j.project_id = ${projectId}::uuid`;
  const stopped = await prisma.$queryRaw<StoppedRow[]>`
    select j.project_id::text as "projectId", j.id::text as "judgeId", j.name,
      newest.error, newest.left_behind as "leftBehind",
      capped.run_id is not null as "atCap",
      case when capped.run_id is not null then capped.until
        when vain.minutes < ${triedMinutes} then newest.finished_at + make_interval(secs => 60 * least(
        greatest(vain.minutes, ${pauseMinutes.least}), ${pauseMinutes.most})) end as "nextTryAt"
    from judges j
    cross join lateral (${runsOverRoutes} order by id desc limit 1) as newest
    left join cap_stops capped on capped.project_id = j.project_id and capped.run_id = newest.id
    cross join lateral (
      select max(at) as at from (
        (select created_at as at from verdicts v
        where v.project_id = j.project_id and v.judge_id = j.id and v.outcome ->> 'kind' <> 'invalid'
        order by created_at desc limit 1)
        union all select max(finished_at) from (${runsOverRoutes}) as r where state = 'succeeded' and left_behind = 0
      ) as good
    ) as good
    cross join lateral (
      select coalesce(extract(epoch from newest.finished_at - min(finished_at)) / 60, 0)::float8 as minutes
      from (${runsOverRoutes}) as r
      where finished_at > coalesce(good.at, '-infinity') and (state = 'failed' or left_behind > 0)
        and not exists (select from cap_stops c where c.project_id = j.project_id and c.run_id = r.id)
    ) as vain
    where j.is_enabled and ${canAnswer} ${ofProject} and (newest.state = 'failed' or newest.state = 'succeeded'
      and newest.left_behind > 0 and (newest.result ->> 'version')::int = j.version)
    order by j.project_id, j.id`;
  const closed = await closedUntil(stopped.map(({ judgeId }) => judgeId));
  return stopped.map(({ leftBehind, error: told, ...judge }) => {
    const { nextTryAt, judgeId } = judge;
    const opensAt = closed.get(judgeId);
    const error =
      told === null ? say`No answer came to the questions about ${leftBehind} of its instances.` : tellRunError(told);
    return { ...judge, error, nextTryAt: nextTryAt && opensAt && opensAt > nextTryAt ? opensAt : nextTryAt };
  });
}

/** Of judge `j`: its runs, also those of older versions, over what is routed to AI. */
const runsOverRoutes = Prisma.sql`
  select id, state, error, result, finished_at,
    coalesce((progress ->> 'total')::int - (progress ->> 'done')::int, 0) as left_behind
  from runs
  where project_id = j.project_id and kind = 'judge' and payload = jsonb_build_object('judgeId', j.id::text)`;
