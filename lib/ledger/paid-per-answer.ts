import { prisma } from "@/lib/db/client";

/** What a verdict of a judge's version has cost so far, in millionths, with what was paid in vain; null before the first. */
export async function paidPerAnswer(projectId: string, judge: { id: string; version: number }): Promise<number | null> {
  const [row] = await prisma.$queryRaw<[{ micros: number | null }]>`
    select (sum(cost_micros) / nullif(sum(answers), 0))::float8 as micros from ledger_days
    where project_id = ${projectId}::uuid and kind = 'lm' and purpose = 'judging'
      and judge_id = ${judge.id}::uuid and judge_version = ${judge.version}::int`;
  return row.micros;
}
