import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { currentSchema } from "@/lib/projects/current-schema";
import { taskSchema, type Question } from "@/lib/projects/schema";
import { canonicalJson } from "@/lib/text/canonical";

/** What is asked at present, each question with the version since which it has been the same. */
export type CurrentVersions = {
  questions: { question: Question; since: number }[];
  schemaVersion: number;
  guidelinesVersion: number;
};

export async function currentVersions(db: Db, projectId: string): Promise<CurrentVersions> {
  const { schemaVersion, guidelinesVersion } = await currentSchema(db, projectId);
  const versions = await db.taskSchema.findMany({ where: { projectId }, orderBy: { version: "desc" } });
  const [current, ...older] = versions.map(({ version, payload }) => ({ version, schema: taskSchema.parse(payload) }));
  const questions = current!.schema.questions.map((question) => {
    const same = canonicalJson(question);
    const firstOther = older.findIndex(({ schema }) => schema.questions.every((one) => canonicalJson(one) !== same));
    const unchanged = firstOther === -1 ? older : older.slice(0, firstOther);
    return { question, since: unchanged.at(-1)?.version ?? current!.version };
  });
  return { questions, schemaVersion, guidelinesVersion };
}

/** What has changed since the annotator of this assignment answered it, whoever asks for it: questions as they were, guidelines. */
export async function changedSince(
  db: Db,
  projectId: string,
  assignmentId: string,
): Promise<{ questions: string[]; guidelines: boolean }> {
  const versions = await currentVersions(db, projectId);
  const changed = versions.questions.map(
    (one) => Prisma.sql`case when ${olderAnswer([one])} then ${one.question.id} end`,
  );
  const [row] = await db.$queryRaw<[{ questions: string[]; guidelines: boolean }]>`
    select array_remove(array[${Prisma.join(changed)}]::text[], null) as questions, ${olderGuidelines(versions)} as guidelines
    from assignments a where a.project_id = ${projectId}::uuid and a.id = ${assignmentId}::uuid`;
  return row;
}

/**
 * Whether assignment `a` lacks an answer to one of these questions `q` as they are now. It was submitted under an older
 * version, and since then its annotator has not corrected all that they said there; a question with a condition, or one
 * that may be left out, has no label for good reason.
 */
export function olderAnswer(questions: CurrentVersions["questions"], condition = Prisma.sql`true`): Prisma.Sql {
  const since = JSON.stringify(questions.map(({ question, since }) => ({ id: question.id, since })));
  return Prisma.sql`exists (
    select from jsonb_to_recordset(${since}::jsonb) as q(id text, since int)
    where ${isOlder(Prisma.raw("schema_version"), Prisma.sql`q.since`)} and ${condition})`;
}

/**
 * Whether some of what the annotator of assignment `a` says there is of older guidelines. An answer that revealed a text
 * stays as it was then, whatever the guidelines say, so it is not asked for.
 */
export function olderGuidelines({ questions, schemaVersion, guidelinesVersion }: CurrentVersions): Prisma.Sql {
  const ids = questions.map(({ question }) => question.id);
  return Prisma.sql`exists (
    select from unnest(${ids}::text[]) as q(id)
    where ${isOlder(Prisma.raw("guidelines_version"), Prisma.sql`${guidelinesVersion}::int`)}
      and ((a.sealed_answers ->> 'schemaVersion')::int = ${schemaVersion}::int and a.sealed_answers -> 'answers' ? q.id) is not true)`;
}

function isOlder(column: Prisma.Sql, version: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`coalesce(a.${column}, 0) < ${version} and
    (exists (${ownLabels} and l.${column} < ${version}) or not exists (${ownLabels}))`;
}

const ownLabels = Prisma.sql`
  select from labels l
  where l.project_id = a.project_id and l.instance_id = a.instance_id and l.user_id = a.annotator_id
    and l.source = 'human' and l.is_current and l.question = q.id`;
