import { prisma } from "@/lib/db/client";
import { Prisma, type LabelSource } from "@/lib/db/generated/client";
import { instanceConditions } from "@/lib/instances/filter";
import { annotatorOf } from "./queries";
import type { OpenJudge } from "./asker";
import type { Comparison } from "./load";
import type { JudgeRunPayload } from "./schema";

/** Which instances a run is about. */
export type Scope = Pick<JudgeRunPayload, "instances" | "filter">;

type JudgeOf = Pick<OpenJudge, "projectId" | "judgeId" | "kind" | "version">;

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
  page: { comparison: Comparison; after: string | null; limit: number },
): Promise<string[]> {
  const where = await pending(judge, scope, page.comparison);
  if (page.after !== null) where.push(Prisma.sql`i.id > ${page.after}::uuid`);
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    select i.id::text from instances i where ${Prisma.join(where, " and ")} order by i.id limit ${page.limit}`;
  return rows.map(({ id }) => id);
}

/** Some of the instances that a run would be about, drawn alike from all of them. */
export async function samplePending(
  judge: JudgeOf,
  scope: Scope,
  { comparison, limit }: { comparison: Comparison; limit: number },
): Promise<string[]> {
  const where = await pending(judge, scope, comparison);
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    select i.id::text from instances i where ${Prisma.join(where, " and ")} order by md5(i.id::text) limit ${limit}`;
  return rows.map(({ id }) => id);
}

export async function countPending(judge: JudgeOf, scope: Scope, comparison: Comparison): Promise<number> {
  const where = await pending(judge, scope, comparison);
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from instances i where ${Prisma.join(where, " and ")}`;
  return row.count;
}

async function pending(judge: JudgeOf, scope: Scope, comparison: Comparison): Promise<Prisma.Sql[]> {
  return [...(await wanted(judge, scope, comparison)), Prisma.sql`not i.has_images`];
}

/** How many instances it would have something to say about if it were shown their images. */
export async function countWithImages(judge: JudgeOf, scope: Scope, comparison: Comparison): Promise<number> {
  const where = [...(await wanted(judge, scope, comparison)), Prisma.sql`i.has_images`];
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from instances i where ${Prisma.join(where, " and ")}`;
  return row.count;
}

async function wanted(judge: JudgeOf, scope: Scope, comparison: Comparison): Promise<Prisma.Sql[]> {
  return [...(await inScope(judge, scope)), Prisma.sql`i.is_labelable`, lacksVerdict(judge, comparison)];
}

/** What is routed to AI and this judge's to label: beside people's labels only those of an LM are set. */
function isRoutedTo({ kind }: Pick<OpenJudge, "kind">): Prisma.Sql {
  return kind === "rm" ? Prisma.sql`i.route = 'lm'` : Prisma.sql`i.route in ('lm', 'dual')`;
}

/** Whether an instance is still this run's to judge: by its route where the run goes by routes, which may change under it. */
export async function isStillWanted(
  judge: JudgeOf,
  { instances, filter }: Scope,
  instanceId: string,
): Promise<boolean> {
  if (instances !== undefined || filter !== undefined) return true;
  const rows = await prisma.$queryRaw<unknown[]>`
    select from instances i where i.project_id = ${judge.projectId}::uuid and i.id = ${instanceId}::uuid and ${isRoutedTo(judge)}`;
  return rows.length > 0;
}

async function inScope(judge: JudgeOf, { instances, filter }: Scope): Promise<Prisma.Sql[]> {
  const { projectId } = judge;
  const ofProject = Prisma.sql`i.project_id = ${projectId}::uuid`;
  if (instances !== undefined) return [ofProject, Prisma.sql`i.id = any(${instances}::uuid[])`];
  if (filter === undefined) return [ofProject, isRoutedTo(judge)];
  const { overlap } = await prisma.project.findUniqueOrThrow({ where: { id: projectId }, select: { overlap: true } });
  return instanceConditions({ projectId, overlap, filters: filter });
}

/** Some aspect has neither a label by this version nor an unreadable verdict, which is not asked for again. */
function lacksVerdict(judge: JudgeOf, { question, aspects }: Comparison): Prisma.Sql {
  const wanted = aspects.map(({ id }) => id);
  return Prisma.sql`exists (select from unnest(${wanted}::text[]) as wanted(aspect)
    where not exists (select from labels l
      where l.project_id = i.project_id and l.instance_id = i.id and l.question = ${question} and l.aspect = wanted.aspect
        and l.source = ${sourceOf(judge)}::label_source and l.annotator = ${annotatorOf(judge)})
    and not exists (select from verdicts v
      where v.project_id = i.project_id and v.instance_id = i.id and v.judge_id = ${judge.judgeId}::uuid
        and v.judge_version = ${judge.version}::int and v.aspect = wanted.aspect and v.outcome ->> 'kind' = 'invalid'))`;
}
