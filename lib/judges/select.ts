import { prisma } from "@/lib/db/client";
import { Prisma, type LabelSource } from "@/lib/db/generated/client";
import { instanceConditions } from "@/lib/instances/filter";
import type { Condition } from "@/lib/projects/schema";
import { asksJudge } from "@/lib/routing/asked-judges";
import { annotatorOf } from "./queries";
import type { OpenJudge } from "./asker";
import { conditionsOf, type Plan } from "./plan";
import type { JudgeRunPayload } from "./runs/schema";

/** Which instances a run is about. */
export type Scope = Pick<JudgeRunPayload, "instances" | "filter">;

export type JudgeOf = Pick<OpenJudge, "projectId" | "judgeId" | "kind" | "version">;

/** Labels of a judge count as what it is: an LM, or a reward model. */
export function sourceOf({ kind }: Pick<OpenJudge, "kind">): LabelSource {
  return kind;
}

/**
 * The next instances, after an id, that this version of the judge has something to say about, in the order of ids. Judges
 * read texts alone, so that instances with images are none of them.
 */
export async function findPending(
  judge: JudgeOf,
  scope: Scope,
  page: { plan: Plan; after: string | null; limit: number },
): Promise<string[]> {
  const where = await pending(judge, scope, page.plan);
  if (page.after !== null) where.push(Prisma.sql`i.id > ${page.after}::uuid`);
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    select i.id::text from instances i where ${Prisma.join(where, " and ")} order by i.id limit ${page.limit}`;
  return rows.map(({ id }) => id);
}

/** Some of the instances that a run would be about, drawn alike from all of them. */
export async function samplePending(
  judge: JudgeOf,
  scope: Scope,
  { plan, limit }: { plan: Plan; limit: number },
): Promise<string[]> {
  const where = await pending(judge, scope, plan);
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    select i.id::text from instances i where ${Prisma.join(where, " and ")} order by md5(i.id::text) limit ${limit}`;
  return rows.map(({ id }) => id);
}

export async function countPending(judge: JudgeOf, scope: Scope, plan: Plan): Promise<number> {
  const where = await pending(judge, scope, plan);
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from instances i where ${Prisma.join(where, " and ")}`;
  return row.count;
}

async function pending(judge: JudgeOf, scope: Scope, plan: Plan): Promise<Prisma.Sql[]> {
  return [...(await wanted(judge, scope, plan)), Prisma.sql`not i.has_images`];
}

/** How many instances it would have something to say about if it were shown their images. */
export async function countWithImages(judge: JudgeOf, scope: Scope, plan: Plan): Promise<number> {
  const where = [...(await wanted(judge, scope, plan)), Prisma.sql`i.has_images`];
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from instances i where ${Prisma.join(where, " and ")}`;
  return row.count;
}

async function wanted(judge: JudgeOf, scope: Scope, plan: Plan): Promise<Prisma.Sql[]> {
  return [...(await inScope(judge, scope)), Prisma.sql`i.is_labelable`, lacksLabel(judge, plan)];
}

/**
 * What is routed to AI and this judge's to label: beside people's labels only those of an LM are set, and a policy may
 * name the judges that it asks.
 */
function isRoutedTo({ kind, projectId, judgeId }: JudgeOf): Prisma.Sql {
  const routes = kind === "rm" ? Prisma.sql`i.route = 'lm'` : Prisma.sql`i.route in ('lm', 'dual')`;
  return Prisma.sql`${routes} and ${asksJudge(projectId, judgeId)}`;
}

/** Those of the instances that are still this run's to judge: by their routes where it goes by routes, which may change under it. */
export async function findStillWanted(
  judge: JudgeOf,
  { instances, filter }: Scope,
  ids: string[],
): Promise<Set<string>> {
  if (instances !== undefined || filter !== undefined) return new Set(ids);
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    select i.id::text from instances i
    where i.project_id = ${judge.projectId}::uuid and i.id = any(${ids}::uuid[]) and ${isRoutedTo(judge)}`;
  return new Set(rows.map(({ id }) => id));
}

async function inScope(judge: JudgeOf, { instances, filter }: Scope): Promise<Prisma.Sql[]> {
  const { projectId } = judge;
  const ofProject = Prisma.sql`i.project_id = ${projectId}::uuid`;
  if (instances !== undefined) return [ofProject, Prisma.sql`i.id = any(${instances}::uuid[])`];
  if (filter === undefined) return [ofProject, isRoutedTo(judge)];
  const { overlap } = await prisma.project.findUniqueOrThrow({ where: { id: projectId }, select: { overlap: true } });
  return instanceConditions({ projectId, overlap, filters: filter });
}

/**
 * This version has given an answer about the instance that each of the conditions of what is asked names. While a condition
 * itself waits for an answer the instance is pending anyway.
 */
export function isMetBy(judge: JudgeOf, conditions = Prisma.sql`asked.conditions`): Prisma.Sql {
  return Prisma.sql`not exists (select from jsonb_array_elements(${conditions}) as condition where not exists (
    select from labels c
    where c.project_id = i.project_id and c.instance_id = i.id and c.question = condition ->> 'question'
      and c.aspect = coalesce(condition ->> 'aspect', c.aspect) and condition -> 'is' @> (c.payload -> 'value')
      and c.source = ${sourceOf(judge)}::label_source and c.annotator = ${annotatorOf(judge)}))`;
}

/** Whether a judge's labels of an instance meet all conditions. */
export async function meetsConditions(judge: JudgeOf, instanceId: string, conditions: Condition[]): Promise<boolean> {
  const [row] = await prisma.$queryRaw<[{ isMet: boolean }]>`
    select ${isMetBy(judge)} as "isMet"
    from (select ${judge.projectId}::uuid as project_id, ${instanceId}::uuid as id) as i,
      (select ${JSON.stringify(conditions)}::jsonb as conditions) as asked`;
  return row.isMet;
}

/**
 * Some unit has no label by this version and may get one: not so many samples have an unreadable verdict that none is made
 * of it (isSpoiled), nor do the verdicts on one completion, which are stored with their label, contradict each other so
 * that there is none. Units are as unitsOf has them: one for each aspect of a comparison or ranking, of other questions
 * one for each completion.
 */
function lacksLabel(judge: JudgeOf, plan: Plan): Prisma.Sql {
  const { questions, samples } = plan;
  const asked = questions.flatMap(({ question, aspects }) => {
    const isWhole = question.type === "comparison" || question.type === "ranking";
    const conditions = conditionsOf(question, plan);
    return aspects.map((aspect) => ({ question: question.id, aspect: aspect.id, is_whole: isWhole, conditions }));
  });
  return Prisma.sql`exists (
    select from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked(question text, aspect text, is_whole boolean, conditions jsonb)
    cross join lateral (
      select null as target where asked.is_whole
      union all select c.index::text from completions c
      where not asked.is_whole and c.project_id = i.project_id and c.instance_id = i.id) as unit
    where ${isMetBy(judge)}
    and not exists (select from labels l
      where l.project_id = i.project_id and l.instance_id = i.id and l.question = asked.question and l.aspect = asked.aspect
        and (unit.target is null or l.target = unit.target)
        and l.source = ${sourceOf(judge)}::label_source and l.annotator = ${annotatorOf(judge)})
    and not exists (select from verdicts v
      where v.project_id = i.project_id and v.instance_id = i.id and v.judge_id = ${judge.judgeId}::uuid
        and v.judge_version = ${judge.version}::int and v.question = asked.question and v.aspect = asked.aspect
        and (unit.target is null or v.target = unit.target)
      having 2 * count(distinct v.sample) filter (where v.outcome ->> 'kind' = 'invalid') > ${samples}::int
        or not asked.is_whole and count(distinct v.sample) >= ${samples}::int))`;
}
