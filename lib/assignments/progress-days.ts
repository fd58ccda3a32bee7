import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { confirmedSince } from "./relabel/confirmed";
import type { ProgressDaysResponse } from "./schema";
import { midnight, today } from "./today";

const shownDays = 7;

/**
 * What I did today, and how many assignments I submitted on each of the last seven days, for the first time or because I
 * was asked again; days begin at midnight UTC.
 */
export async function getProgressDays({ projectId, userId }: Access<"label:write">): Promise<ProgressDaysResponse> {
  const [[counts], [time], days] = await Promise.all([
    prisma.$queryRaw<[Omit<ProgressDaysResponse["today"], "activeMs">]>`
      select count(*) filter (where state = 'submitted')::int + ${confirmedSince(projectId, userId, midnight)} as submitted,
        count(*) filter (where state = 'skipped')::int as skipped,
        percentile_cont(0.5) within group (order by active_ms) filter (where state = 'submitted') as "medianActiveMs"
      from assignments
      where project_id = ${projectId}::uuid and annotator_id = ${userId}::uuid
        and case state when 'submitted' then submitted_at when 'skipped' then updated_at end >= ${midnight}`,
    // Labels of one submission share its time, and a correction counts on the day it was made. What stored no label has no
    // time here: skipped work, and corrections that changed nothing.
    prisma.$queryRaw<[{ activeMs: number }]>`
      select coalesce(sum(active_ms), 0)::float8 as "activeMs" from (
        select distinct submission_id, active_ms from labels
        where project_id = ${projectId}::uuid and user_id = ${userId}::uuid and created_at >= ${midnight}) as submissions`,
    prisma.$queryRaw<ProgressDaysResponse["days"]>`
      select to_char(day, 'YYYY-MM-DD') as day, count(a.id)::int
        + ${confirmedSince(projectId, userId, Prisma.sql`day at time zone 'utc'`, Prisma.sql`(day + interval '1 day') at time zone 'utc'`)} as submitted
      from generate_series(${today} - make_interval(days => ${shownDays - 1}::int), ${today}, interval '1 day') as day
      left join assignments a on a.project_id = ${projectId}::uuid and a.annotator_id = ${userId}::uuid and a.state = 'submitted'
        and a.submitted_at >= day at time zone 'utc' and a.submitted_at < (day + interval '1 day') at time zone 'utc'
      group by day order by day`,
  ]);
  return { today: { ...counts, activeMs: time.activeMs }, days };
}
