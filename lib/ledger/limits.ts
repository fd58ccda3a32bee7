import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { nilId, type CapPeriod, type LimitView } from "./schema";

type Row = Omit<LimitView, "endsAt" | "period"> & { period: CapPeriod; endsAt: Date | null };

/**
 * The caps of a project and how full they are: those on all its judges together, and those on the judge given, or on
 * each. What people cost is under no cap.
 */
export async function readLimits(
  projectId: string,
  judgeId: string | null | "each",
  db: Db = prisma,
): Promise<LimitView[]> {
  const whose =
    judgeId === "each" ? Prisma.empty : Prisma.sql`and c.judge_id in (${nilId}::uuid, ${judgeId ?? nilId}::uuid)`;
  const rows = await db.$queryRaw<Row[]>`
    with today as (select (clock_timestamp() at time zone 'UTC')::date as day)
    select nullif(c.judge_id, ${nilId}::uuid)::text as "judgeId", j.name as judge, l.period, l.cap::float8 as "capMicros",
      l.ends at time zone 'UTC' as "endsAt",
      (select coalesce(sum(d.cost_micros), 0)::float8 from ledger_days d
        where d.project_id = c.project_id and d.kind = 'lm' and d.day >= l.since
          and c.judge_id in (d.judge_id, ${nilId}::uuid)) as "spentMicros",
      (select coalesce(sum(h.micros), 0)::float8 from spending_holds h
        where h.project_id = c.project_id and h.expires_at > clock_timestamp()
          and (c.judge_id = h.judge_id or c.judge_id = ${nilId}::uuid)) as "heldMicros"
    from spending_caps c
    cross join today
    cross join lateral (values
      ('day', c.day_micros, today.day, today.day + interval '1 day'),
      ('month', c.month_micros, date_trunc('month', today.day::timestamp)::date, date_trunc('month', today.day::timestamp) + interval '1 month'),
      ('total', c.total_micros, '-infinity'::date, null)
    ) as l(period, cap, since, ends)
    left join judges j on j.project_id = c.project_id and j.id = c.judge_id
    where c.project_id = ${projectId}::uuid and l.cap is not null and (j.id is not null or c.judge_id = ${nilId}::uuid) ${whose}
    order by c.judge_id = ${nilId}::uuid desc, j.name, l.ends nulls last`;
  return rows.map((row) => ({ ...row, endsAt: row.endsAt?.toISOString() ?? null }));
}
