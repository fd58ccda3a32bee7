import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { csvLine } from "@/lib/text/csv";
import type { SpendingQuery } from "./schema";
import { daysOf } from "./spending";

const batchSize = 5_000;

const columns = [
  ...["at", "kind", "purpose", "judgeId", "judge", "judgeVersion", "userId", "person", "runId", "type"],
  ...["answers", "inputTokens", "cachedInputTokens", "outputTokens", "activeMs", "costMicros", "currency"],
] as const;
type Row = { id: string; at: Date } & Record<Exclude<(typeof columns)[number], "at">, string | number | null>;

/** The entries of a project's ledger as CSV, oldest first, read as fast as they are taken. */
export async function* ledgerFile(access: Access<"spending:read">, query: SpendingQuery): AsyncGenerator<string> {
  const { projectId } = access;
  const { from, to } = daysOf(query);
  yield csvLine(columns);
  for (let after: Row | undefined; ;) {
    const rest: Prisma.Sql = after
      ? Prisma.sql`and (l.at, l.id) > (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`
      : Prisma.empty;
    const rows: Row[] = await prisma.$queryRaw<Row[]>`
      select l.id::text, l.at, l.kind::text, l.purpose, l.judge_id::text as "judgeId", j.name as judge, l.judge_version as "judgeVersion",
        l.user_id::text as "userId", u.email as person, l.run_id::text as "runId", l.type::text, l.answers,
        l.input_tokens as "inputTokens", l.cached_input_tokens as "cachedInputTokens", l.output_tokens as "outputTokens",
        l.active_ms as "activeMs", l.cost_micros::text as "costMicros", p.currency
      from ledger l join projects p on p.id = l.project_id
      left join judges j on j.project_id = l.project_id and j.id = l.judge_id left join users u on u.id = l.user_id
      where l.project_id = ${projectId}::uuid and l.at >= ${from}::date::timestamp at time zone 'UTC'
        and l.at < (${to}::date + 1)::timestamp at time zone 'UTC' ${rest}
      order by l.at, l.id limit ${batchSize}`;
    if (rows.length === 0) return;
    yield rows
      .map((row) => csvLine(columns.map((column) => (column === "at" ? row.at.toISOString() : row[column]))))
      .join("");
    after = rows.at(-1);
  }
}
