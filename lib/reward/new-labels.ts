import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { comparedAspect } from "./compared-aspect";

/**
 * Of `runs r`, trainings that came to nothing and left their labels as new as they were: cancelled, or failed for an
 * unexpected reason. One refused for what its labels are has looked at them.
 */
const cameToNothing = Prisma.sql`(r.state = 'cancelled' or (r.state = 'failed'
  and (r.error like 'An unexpected error stopped the %' or r.error like 'The worker ended unexpectedly at every attempt.%')))`;

/**
 * Labels by people and judges on the question and aspect that a model learns overall, since the last training began that did not come to
 * nothing, counted up to `most`. Ids grow with time, so the newest are at the end of the primary key.
 */
export async function countNewLabels(db: Db, projectId: string, most: number): Promise<number> {
  const compared = await comparedAspect(db, projectId);
  if (compared === null) return 0;
  const [{ labels }] = await db.$queryRaw<[{ labels: number }]>`
    select count(*)::int as labels from (
      select from labels
      where project_id = ${projectId}::uuid and source in ('human', 'lm') and type = ${compared.from}::label_type and is_current
        and question = ${compared.question} and aspect = ${compared.aspect} and not payload ? 'cannotTell'
        and id > coalesce((
          select id from runs r where project_id = ${projectId}::uuid and kind = 'train' and not ${cameToNothing}
          order by id desc limit 1
        ), '00000000-0000-0000-0000-000000000000')
      limit ${most}
    ) new`;
  return labels;
}

/**
 * Whether the newest training came to nothing less than an hour ago. The schedule then waits, or it would undo at once
 * what somebody cancelled, and start what cannot work again and again.
 */
export async function hasJustComeToNothing(db: Db, projectId: string): Promise<boolean> {
  const [newest] = await db.$queryRaw<{ isRecent: boolean }[]>`
    select ${cameToNothing} and r.finished_at > now() - interval '1 hour' as "isRecent"
    from runs r where project_id = ${projectId}::uuid and kind = 'train' order by id desc limit 1`;
  return newest?.isRecent ?? false;
}
