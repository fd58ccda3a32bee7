import { prisma } from "@/lib/db/client";
import { judgeDrift, latestOf } from "./drift";
import { judgeName, type Measured } from "./measure-annotator";
import type { AnnotatorReport, DriftMeasure } from "./schema";

type JudgeVersion = { projectId: string; judgeId: string; version: number };

/** The report on an annotator: what its answers say, and for a judge what they took. */
export async function reportAnnotator(
  projectId: string,
  annotator: string,
  measured: Measured,
): Promise<AnnotatorReport> {
  const [, judgeId, version] = judgeName.exec(annotator) ?? [];
  if (judgeId === undefined) return { ...measured, work: null };
  const judge = { projectId, judgeId, version: Number(version) };
  const work = await readWork(judge);
  const { labels } = measured;
  return {
    ...measured,
    work: work && {
      ...{ verdicts: work.verdicts, invalid: work.invalid, repaired: work.repaired },
      costMicrosPerLabel: labels === 0 ? null : work.costMicros / labels,
      secondsPerLabel: labels === 0 ? null : work.latencyMs / 1000 / labels,
    },
    drift: [...measured.drift, ...(await invalidDrift(judge, work?.verdicts ?? 0))],
  };
}

type Work = { verdicts: number; invalid: number; repaired: number; costMicros: number; latencyMs: number };

async function readWork({ projectId, judgeId, version }: JudgeVersion): Promise<Work | null> {
  const [row] = await prisma.$queryRaw<[Work]>`
    select count(*)::int as verdicts, count(*) filter (where outcome ->> 'kind' = 'invalid')::int as invalid,
      count(*) filter (where repairs > 0)::int as repaired, coalesce(sum(cost_micros), 0)::float8 as "costMicros",
      coalesce(sum(latency_ms), 0)::float8 as "latencyMs"
    from verdicts where project_id = ${projectId}::uuid and judge_id = ${judgeId}::uuid and judge_version = ${version}::int`;
  return row.verdicts === 0 ? null : row;
}

async function invalidDrift({ projectId, judgeId, version }: JudgeVersion, verdicts: number): Promise<DriftMeasure[]> {
  const size = latestOf(verdicts);
  if (size === 0) return [];
  const [row] = await prisma.$queryRaw<[{ latest: number; all: number }]>`
    select count(*) filter (where place <= ${size})::int as latest, count(*)::int as all
    from (select outcome, row_number() over (order by id desc) as place from verdicts
      where project_id = ${projectId}::uuid and judge_id = ${judgeId}::uuid and judge_version = ${version}::int) as v
    where outcome ->> 'kind' = 'invalid'`;
  const latest = { hits: row.latest, of: size };
  return [judgeDrift("invalid", latest, { hits: row.all - row.latest, of: verdicts - size })];
}
