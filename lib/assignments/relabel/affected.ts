import type { Access } from "@/lib/auth/access";
import { prisma, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { currentSchema } from "@/lib/projects/current-schema";
import { taskSchema, type Question } from "@/lib/projects/schema";
import { canonicalJson } from "@/lib/text/canonical";
import { nameOfQuestion } from "@/lib/text/question-name";
import type { AffectedView } from "./schema";

/** What of the submissions follows an older version of a question or of the guidelines. */
export async function readAffected({ projectId }: Access<"project:update">): Promise<AffectedView> {
  const { guidelinesVersion } = await currentSchema(prisma, projectId);
  const questions = await questionsSince(prisma, projectId);
  return {
    questions: await Promise.all(
      questions.map(async ({ question, since }) => ({
        ...{ id: question.id, name: nameOfQuestion(question), since },
        ...(await count(projectId, olderAnswer([{ question, since }]))),
      })),
    ),
    guidelines: { since: guidelinesVersion, ...(await count(projectId, olderGuidelines(guidelinesVersion))) },
  };
}

export type QuestionSince = { question: Question; since: number };

/** Each question of today's task schema with the version since which it has been the same. */
export async function questionsSince(db: Db, projectId: string): Promise<QuestionSince[]> {
  const versions = await db.taskSchema.findMany({ where: { projectId }, orderBy: { version: "desc" } });
  const [current, ...older] = versions.map(({ version, payload }) => ({ version, schema: taskSchema.parse(payload) }));
  return current!.schema.questions.map((question) => {
    const same = canonicalJson(question);
    const firstOther = older.findIndex(({ schema }) => schema.questions.every((one) => canonicalJson(one) !== same));
    const unchanged = firstOther === -1 ? older : older.slice(0, firstOther);
    return { question, since: unchanged.at(-1)?.version ?? current!.version };
  });
}

/**
 * Whether assignment `a` lacks an answer to one of these questions as they are now: its annotator's label is of an older
 * version, or there is none and nothing that they said there is any newer (a question with a condition, or one that may
 * be left out, has no label for good reason).
 */
export function olderAnswer(questions: readonly QuestionSince[]): Prisma.Sql {
  return Prisma.sql`exists (
    select from jsonb_to_recordset(${JSON.stringify(questions.map(({ question, since }) => ({ id: question.id, since })))}::jsonb) as q(id text, since int)
    where exists (${ownLabels} and l.question = q.id and l.schema_version < q.since)
      or not exists (${ownLabels} and l.schema_version >= q.since))`;
}

/** Whether some of what the annotator of assignment `a` said there is of older guidelines. */
export function olderGuidelines(version: number): Prisma.Sql {
  return Prisma.sql`exists (${ownLabels} and l.guidelines_version < ${version}::int)`;
}

const ownLabels = Prisma.sql`
  select from labels l
  where l.project_id = a.project_id and l.instance_id = a.instance_id and l.user_id = a.annotator_id
    and l.source = 'human' and l.is_current`;

/** Assignments that can be asked for again: submitted by a member, of an instance that people can still be asked about. */
export function askable(projectId: string): Prisma.Sql {
  return Prisma.sql`
    from assignments a
      join instances i on i.project_id = a.project_id and i.id = a.instance_id and i.is_labelable
      join members m on m.project_id = a.project_id and m.user_id = a.annotator_id
    where a.project_id = ${projectId}::uuid and a.state = 'submitted' and not a.is_asked_again`;
}

async function count(projectId: string, condition: Prisma.Sql): Promise<{ submissions: number; people: number }> {
  const [row] = await prisma.$queryRaw<[{ submissions: number; people: number }]>`
    select count(*)::int as submissions, count(distinct a.annotator_id)::int as people ${askable(projectId)} and ${condition}`;
  return row;
}
