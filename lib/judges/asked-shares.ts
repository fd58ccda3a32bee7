import { prisma } from "@/lib/db/client";
import type { Condition } from "@/lib/projects/schema";
import { annotatorOf } from "./queries";
import { conditionsOf, type Plan } from "./plan";
import { isMetBy, sourceOf, type JudgeOf } from "./select";

/** Verdicts whose instances are looked at for a share. */
const sampleSize = 2000;

/**
 * By id of each question with a condition, the share of the instances in which this version of the judge met it by its own
 * answers so far. A question is not there while none was answered: then it may be asked always.
 *
 * The instances are those of the version's first verdicts, whose labels indexes find by instance. The newest verdicts may
 * all be about a question added since, which is asked only where its condition is met; and as no index leads to the labels
 * of one annotator, those of all AI would be read for a version that has none.
 */
export async function readAskedShares(judge: JudgeOf, plan: Plan): Promise<Map<string, number>> {
  const conditional = conditionalOf(plan);
  if (conditional.length === 0) return new Map();
  // The last of the conditions names a question that is always asked. With the limit labels are looked up by instance.
  const rows = await prisma.$queryRaw<{ question: string; share: number }[]>`
    with judged as materialized (
      select v.project_id, v.instance_id from judge_versions j
      cross join lateral (
        select project_id, instance_id from verdicts
        where project_id = j.project_id and judge_id = j.judge_id and judge_version = j.version and created_at >= j.created_at
        order by created_at limit ${sampleSize}) as v
      where j.project_id = ${judge.projectId}::uuid and j.judge_id = ${judge.judgeId}::uuid and j.version = ${judge.version}::int
      group by 1, 2)
    select asked.question, count(*) filter (where ${isMetBy(judge)})::float8 / count(*) as share
    from jsonb_to_recordset(${JSON.stringify(conditional)}::jsonb) as asked(question text, conditions jsonb)
    cross join (select project_id, instance_id as id from judged) as i
    cross join lateral (
      select from labels l
      where l.project_id = i.project_id and l.instance_id = i.id and l.is_current
        and l.question = asked.conditions -> -1 ->> 'question'
        and l.source = ${sourceOf(judge)}::label_source and l.annotator = ${annotatorOf(judge)}
      limit 1) as answered
    group by 1`;
  return new Map(rows.map(({ question, share }) => [question, share]));
}

/** Something that the judge has yet to be asked about an instance. */
type Open = { instanceId: string; question: string; aspect: string };

/**
 * How likely each of these is asked: surely where its conditions are met already, and never where one of them is not and
 * nothing that it names is open any more.
 */
export async function readAskedChances(
  judge: JudgeOf,
  plan: Plan,
  open: readonly Open[],
): Promise<(one: Open) => number> {
  const conditional = new Map(conditionalOf(plan).map(({ question, conditions }) => [question, conditions]));
  if (conditional.size === 0) return () => 1;
  const shares = await readAskedShares(judge, plan);
  const ids = [...new Set(open.map(({ instanceId }) => instanceId))];
  const met = await readMet(judge, conditional, ids);
  // A condition may name a question in no aspect in particular.
  const yetAsked = new Set(
    open.flatMap(({ instanceId, question, aspect }) => [
      keyOf(instanceId, question, undefined),
      keyOf(instanceId, question, aspect),
    ]),
  );
  return ({ instanceId, question }) => {
    const conditions = conditional.get(question) ?? [];
    const unmet = conditions.filter((condition) => !met.has(keyOf(instanceId, question, condition.question)));
    if (unmet.length === 0) return 1;
    const canBeMet = unmet.every((condition) => yetAsked.has(keyOf(instanceId, condition.question, condition.aspect)));
    return canBeMet ? (shares.get(question) ?? 1) : 0;
  };
}

/** By keyOf: the instance, a question, and the one that its condition, now met, is about. */
async function readMet(
  judge: JudgeOf,
  conditional: ReadonlyMap<string, Condition[]>,
  ids: readonly string[],
): Promise<Set<string>> {
  const single = [...conditional].flatMap(([question, conditions]) =>
    conditions.map((condition) => ({ question, conditions: [condition] })),
  );
  const rows = await prisma.$queryRaw<{ id: string; question: string; about: string }[]>`
    select i.id::text, asked.question, asked.conditions -> 0 ->> 'question' as about
    from jsonb_to_recordset(${JSON.stringify(single)}::jsonb) as asked(question text, conditions jsonb)
    cross join (select ${judge.projectId}::uuid as project_id, unnest(${ids}::uuid[]) as id) as i
    where ${isMetBy(judge)}`;
  return new Set(rows.map(({ id, question, about }) => keyOf(id, question, about)));
}

function keyOf(...parts: (string | undefined)[]): string {
  return JSON.stringify(parts);
}

function conditionalOf(plan: Plan): { question: string; conditions: Condition[] }[] {
  return plan.questions
    .map(({ question }) => ({ question: question.id, conditions: conditionsOf(question, plan) }))
    .filter(({ conditions }) => conditions.length > 0);
}
