import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { Condition } from "@/lib/projects/schema";
import { annotatorOf } from "./queries";
import { conditionsOf, type Plan } from "./plan";
import { isMetBy, sourceOf, type JudgeOf } from "./select";

/** Verdicts whose instances are looked at for a share. */
const sampleSize = 2000;

/**
 * By id of each question with a condition, the share of the instances in which this version of the judge met it by its own
 * answers so far. A question is not there while nothing that its condition hangs on was answered: then it may be asked
 * always.
 *
 * Of a question behind several conditions the share is the product of each one's among the instances where it was asked
 * about and answered. Those where it was asked about and waits for an answer tell nothing of it, so that to count all that
 * are met at once would call what nobody knows yet a no. A condition that was never answered counts whole, as alone: the
 * share is then that of the conditions before it, which is the most that it can be.
 */
export async function readAskedShares(judge: JudgeOf, plan: Plan): Promise<Map<string, number>> {
  const conditional = conditionalOf(plan);
  const shares = await readMetShares(judge, conditional);
  return new Map(
    conditional.flatMap(({ question, conditions }) => {
      const known = stepsOf(question, conditions).flatMap((step) => shares.get(step.question) ?? []);
      return known.length === 0 ? [] : [[question, product(known)] as const];
    }),
  );
}

/**
 * By id of each question with a condition, how often that one is met where it is answered and those before it are met.
 *
 * The instances are those of the version's first verdicts, whose labels indexes find by instance. The newest verdicts may
 * all be about a question added since, which is asked only where its condition is met; and as no index leads to the labels
 * of one annotator, those of all AI would be read for a version that has none.
 */
async function readMetShares(judge: JudgeOf, conditional: readonly Conditional[]): Promise<Map<string, number>> {
  if (conditional.length === 0) return new Map();
  const asked = conditional.map(({ question, conditions: [own, ...before] }) => ({ question, own: [own], before }));
  // With the limit labels are looked up by instance.
  const rows = await prisma.$queryRaw<{ question: string; share: number }[]>`
    with judged as materialized (
      select v.project_id, v.instance_id from judge_versions j
      cross join lateral (
        select project_id, instance_id from verdicts
        where project_id = j.project_id and judge_id = j.judge_id and judge_version = j.version and created_at >= j.created_at
        order by created_at limit ${sampleSize}) as v
      where j.project_id = ${judge.projectId}::uuid and j.judge_id = ${judge.judgeId}::uuid and j.version = ${judge.version}::int
      group by 1, 2)
    select asked.question, count(*) filter (where ${isMetBy(judge, Prisma.sql`asked.own`)})::float8 / count(*) as share
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked(question text, own jsonb, before jsonb)
    cross join (select project_id, instance_id as id from judged) as i
    cross join lateral (
      select from labels l
      where l.project_id = i.project_id and l.instance_id = i.id and l.is_current
        and l.question = asked.own -> 0 ->> 'question' and l.aspect = coalesce(asked.own -> 0 ->> 'aspect', l.aspect)
        and l.source = ${sourceOf(judge)}::label_source and l.annotator = ${annotatorOf(judge)}
      limit 1) as answered
    where ${isMetBy(judge, Prisma.sql`asked.before`)}
    group by 1`;
  return new Map(rows.map(({ question, share }) => [question, share]));
}

/** Something that the judge has yet to be asked about an instance. */
type Open = { instanceId: string; question: string; aspect: string };

/**
 * How likely each of these is asked: surely where its conditions are met already, and never where one of them is not and
 * nothing that it names is open any more. Else the share of each condition that is not met yet decides.
 */
export async function readAskedChances(
  judge: JudgeOf,
  plan: Plan,
  open: readonly Open[],
): Promise<(one: Open) => number> {
  const conditional = new Map(conditionalOf(plan).map(({ question, conditions }) => [question, conditions]));
  if (conditional.size === 0) return () => 1;
  const shares = await readMetShares(judge, conditionalOf(plan));
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
    const unmet = stepsOf(question, conditions).filter(
      ({ condition }) => !met.has(keyOf(instanceId, question, condition.question)),
    );
    const canBeMet = unmet.every(({ condition }) =>
      yetAsked.has(keyOf(instanceId, condition.question, condition.aspect)),
    );
    return canBeMet ? product(unmet.map((step) => shares.get(step.question) ?? 1)) : 0;
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

/** The conditions of a question as conditionsOf has them, each with the question that has it as its own. */
function stepsOf(question: string, conditions: readonly Condition[]): { question: string; condition: Condition }[] {
  return conditions.map((condition, at) => ({ question: conditions[at - 1]?.question ?? question, condition }));
}

function product(shares: readonly number[]): number {
  return shares.reduce((all, share) => all * share, 1);
}

type Conditional = { question: string; conditions: Condition[] };

function conditionalOf(plan: Plan): Conditional[] {
  return plan.questions
    .map(({ question }) => ({ question: question.id, conditions: conditionsOf(question, plan) }))
    .filter(({ conditions }) => conditions.length > 0);
}
