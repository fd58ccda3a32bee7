import { prisma } from "@/lib/db/client";
import { annotatorOf } from "./queries";
import { conditionsOf, type Plan } from "./plan";
import { isMetBy, sourceOf, type JudgeOf } from "./select";

/** Instances whose answers are looked at for a share. */
const sampleSize = 2000;

/**
 * By id of each question with a condition, the share of the instances in which this version of the judge met it by its own
 * answers so far. A question is not there while none was answered: then it may be asked always.
 */
export async function readAskedShares(judge: JudgeOf, plan: Plan): Promise<Map<string, number>> {
  const conditional = conditionalOf(plan);
  if (conditional.length === 0) return new Map();
  // The last of the conditions names a question that is always asked.
  const rows = await prisma.$queryRaw<{ question: string; share: number }[]>`
    select asked.question, count(*) filter (where ${isMetBy(judge)})::float8 / count(*) as share
    from jsonb_to_recordset(${JSON.stringify(conditional)}::jsonb) as asked(question text, conditions jsonb)
    cross join lateral (
      select l.project_id, l.instance_id as id from labels l
      where l.project_id = ${judge.projectId}::uuid and l.question = asked.conditions -> -1 ->> 'question' and l.is_current
        and l.source = ${sourceOf(judge)}::label_source and l.annotator = ${annotatorOf(judge)}
      group by 1, 2 limit ${sampleSize}) as i
    group by 1`;
  return new Map(rows.map(({ question, share }) => [question, share]));
}

/** How likely a planned question is asked about one of these instances: surely where its condition is met already. */
export async function readAskedChances(
  judge: JudgeOf,
  plan: Plan,
  ids: readonly string[],
): Promise<(instanceId: string, question: string) => number> {
  const conditional = conditionalOf(plan);
  if (conditional.length === 0) return () => 1;
  const shares = await readAskedShares(judge, plan);
  const rows = await prisma.$queryRaw<{ id: string; question: string }[]>`
    select i.id::text, asked.question
    from jsonb_to_recordset(${JSON.stringify(conditional)}::jsonb) as asked(question text, conditions jsonb)
    cross join (select ${judge.projectId}::uuid as project_id, unnest(${ids}::uuid[]) as id) as i
    where ${isMetBy(judge)}`;
  const met = new Set(rows.map(({ id, question }) => `${id} ${question}`));
  return (instanceId, question) => (met.has(`${instanceId} ${question}`) ? 1 : (shares.get(question) ?? 1));
}

function conditionalOf(plan: Plan): { question: string; conditions: object[] }[] {
  return plan.questions
    .map(({ question }) => ({ question: question.id, conditions: conditionsOf(question, plan) }))
    .filter(({ conditions }) => conditions.length > 0);
}
