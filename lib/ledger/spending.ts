import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { Prisma, type LabelType, type LedgerKind } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import { readAgreement } from "./agreement";
import { readLimits } from "./limits";
import { nilId, type Agreement, type Purpose, type SpendingQuery, type SpendingView, type Spent } from "./schema";

const daysAtFirst = 30;
const dayMs = 86_400_000;

const nothing: Spent = {
  ...{ costMicros: 0, answers: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, activeMs: 0 },
};
const unlabelled: Agreement = { labels: 0, compared: 0, agreed: 0 };

/** Days of a project's ledger. */
type Days = { projectId: string; from: string; to: string };

/** Where a project's money went, from the sums of days: their number, not the ledger's, decides how long it takes. */
export async function getSpending(access: Access<"spending:read">, query: SpendingQuery): Promise<SpendingView> {
  const { projectId } = access;
  const days = { projectId, ...daysOf(query) };
  const [project, total, byDay, judges, people, purposes, types, caps, agreement] = await Promise.all([
    prisma.project.findUniqueOrThrow({ where: { id: projectId }, select: { currency: true, hourPriceMicros: true } }),
    sums<Spent>(days, []),
    readDays(days),
    readJudges(days),
    readPeople(days),
    sums<Spent & { purpose: Purpose }>(days, [Prisma.sql`purpose`]),
    sums<Spent & { kind: LedgerKind; type: LabelType | null }>(days, [
      Prisma.sql`kind`,
      Prisma.sql`nullif(type, '') as type`,
    ]),
    readLimits(projectId, "each"),
    readAgreement(projectId, days.from, days.to),
  ]);
  return {
    prices: { currency: project.currency, hourPriceMicros: Number(project.hourPriceMicros) },
    ...{ from: days.from, to: days.to, total: total[0] ?? nothing, days: byDay, purposes, types, caps },
    judges: judges.map((row) => ({ ...row, ...(agreement.get(`judge:${row.judgeId}@${row.version}`) ?? unlabelled) })),
    people: people.map((row) => ({ ...row, ...(agreement.get(`user:${row.userId}`) ?? unlabelled) })),
  };
}

/** The days asked for, both ends included: today and the 29 before it unless given. Throws `invalid` where they are none. */
export function daysOf({ from, to }: SpendingQuery, now = new Date()): { from: string; to: string } {
  const last = to ?? isoDay(now);
  const first = from ?? isoDay(new Date(Date.parse(last) - (daysAtFirst - 1) * dayMs));
  if (first > last) {
    throw new AppError("invalid", say`The first day, ${first}, is after the last, ${last}.`, {
      faults: [{ path: "from", message: say`is after the last day` }],
    });
  }
  return { from: first, to: last };
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

const figures = Prisma.sql`sum(cost_micros)::float8 as "costMicros", sum(answers)::float8 as answers,
  sum(input_tokens)::float8 as "inputTokens", sum(cached_input_tokens)::float8 as "cachedInputTokens",
  sum(output_tokens)::float8 as "outputTokens", sum(active_ms)::float8 as "activeMs"`;

function among({ projectId, from, to }: Days): Prisma.Sql {
  return Prisma.sql`project_id = ${projectId}::uuid and day between ${from}::date and ${to}::date`;
}

/** Sums by columns of ledger_days, dearest first. */
async function sums<Row>(days: Days, columns: Prisma.Sql[]): Promise<Row[]> {
  const places = columns.map((_, i) => Prisma.raw(String(i + 1)));
  const grouped = columns.length === 0 ? Prisma.sql`having count(*) > 0` : Prisma.sql`group by ${Prisma.join(places)}`;
  return await prisma.$queryRaw<Row[]>`
    select ${Prisma.join([...columns, figures])} from ledger_days where ${among(days)} ${grouped}
    order by "costMicros" desc, answers desc`;
}

async function readDays(days: Days): Promise<SpendingView["days"]> {
  return await prisma.$queryRaw<SpendingView["days"]>`
    select day::text, coalesce(sum(cost_micros) filter (where kind = 'lm'), 0)::float8 as "lmMicros",
      coalesce(sum(cost_micros) filter (where kind = 'human'), 0)::float8 as "humanMicros", sum(active_ms)::float8 as "activeMs"
    from ledger_days where ${among(days)} group by day order by day`;
}

type JudgeRow = Spent & { judgeId: string | null; name: string | null; version: number | null };

async function readJudges(days: Days): Promise<JudgeRow[]> {
  return await prisma.$queryRaw<JudgeRow[]>`
    select nullif(d.judge_id, ${nilId}::uuid)::text as "judgeId", nullif(d.judge_version, 0) as version, j.name, d."costMicros", d.answers,
      d."inputTokens", d."cachedInputTokens", d."outputTokens", d."activeMs"
    from (
      select judge_id, judge_version, ${figures} from ledger_days where ${among(days)} and kind = 'lm' group by judge_id, judge_version
    ) as d left join judges j on j.project_id = ${days.projectId}::uuid and j.id = d.judge_id
    order by d."costMicros" desc, j.name, version desc`;
}

type PersonRow = Spent & { userId: string; name: string; email: string };

async function readPeople(days: Days): Promise<PersonRow[]> {
  return await prisma.$queryRaw<PersonRow[]>`
    select d.user_id::text as "userId", u.name, u.email, d."costMicros", d.answers,
      d."inputTokens", d."cachedInputTokens", d."outputTokens", d."activeMs"
    from (select user_id, ${figures} from ledger_days where ${among(days)} and kind = 'human' group by user_id) as d
    join users u on u.id = d.user_id
    order by d."activeMs" desc, u.email`;
}
