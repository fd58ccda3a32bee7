import { prisma } from "@/lib/db/client";
import { judgeDrift } from "./drift";
import type { JudgeVersion } from "./report-annotator";
import type { DriftMeasure } from "./schema";

/** While a provider moves to another model, and where it takes turns, several answer. */
const newest = 20;

type Answering = { model: string; verdicts: number; newest: number; first: string; last: string };

/**
 * Whether a provider has put another model behind the name that a judge asks for: the newest answers all come from one,
 * by what the provider says, and before its first answer there was another. No statistics are needed to see that.
 */
export async function findNewModel({ projectId, judgeId, version }: JudgeVersion): Promise<DriftMeasure[]> {
  const models = await prisma.$queryRaw<Answering[]>`
    select model, count(*)::int as verdicts, count(*) filter (where place <= ${newest})::int as newest,
      min(id::text) as first, max(id::text) as last
    from (select id, model, row_number() over (order by id desc) as place from verdicts
      where project_id = ${projectId}::uuid and judge_id = ${judgeId}::uuid and judge_version = ${version}::int
        and model is not null) as v
    group by model order by last desc`;
  const [latest, ...others] = models;
  if (latest?.newest !== newest) return [];
  const earlier = others.filter(({ first }) => first < latest.first);
  if (earlier.length === 0) return [];
  const before = { hits: 0, of: earlier.reduce((sum, { verdicts }) => sum + verdicts, 0) };
  const measured = judgeDrift("model", { hits: latest.verdicts, of: latest.verdicts }, before);
  return [{ ...measured, isDrift: true, models: { latest: latest.model, earlier: earlier[0]!.model } }];
}
