import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { currentSchema } from "@/lib/projects/current-schema";
import { taskSchema, type Question, type TaskSchema } from "@/lib/projects/schema";
import { canonicalJson } from "@/lib/text/canonical";

/** What is asked at present, each question with the version since which it has been the same. */
export type CurrentVersions = {
  questions: CurrentQuestion[];
  schemaVersion: number;
  guidelinesVersion: number;
};

type CurrentQuestion = {
  question: Question;
  /** Whatever the order of its reasons. */
  since: number;
  /** Where `since` is a change of reasons alone, the version since which all else has been the same. */
  sinceButReasons: number;
  /** Of aspects whose reasons have changed since then, those offered now, and versions in which one of them was not. */
  aspects: { aspect: string; reasons: readonly string[]; lackedIn: number[] }[];
};

type Version = { version: number; questions: readonly Question[] };

/** With `next`, as it will be once that is saved. */
export async function currentVersions(db: Db, projectId: string, next?: TaskSchema): Promise<CurrentVersions> {
  const { schemaVersion, guidelinesVersion } = await currentSchema(db, projectId);
  const rows = await db.taskSchema.findMany({ where: { projectId }, orderBy: { version: "desc" } });
  const stored = rows.map(({ version, payload }) => ({ version, questions: taskSchema.parse(payload).questions }));
  const versions = next ? [{ version: schemaVersion + 1, questions: next.questions }, ...stored] : stored;
  const questions = versions[0]!.questions.map((question) => whatIsOfNow(question, versions));
  return { questions, schemaVersion, guidelinesVersion };
}

/** `versions` with the newest first. */
function whatIsOfNow(question: Question, versions: readonly Version[]): CurrentQuestion {
  const unchanged = (asSaid: (question: Question) => string) => {
    const same = asSaid(question);
    const firstOther = versions.findIndex(({ questions }) => questions.every((one) => asSaid(one) !== same));
    return firstOther === -1 ? versions : versions.slice(0, firstOther);
  };
  const sinceOf = (same: readonly Version[]) => same.at(-1)!.version;
  const butReasons = unchanged((one) => canonicalJson(withReasons(one, () => undefined)));
  const since = sinceOf(unchanged((one) => canonicalJson(withReasons(one, (reasons) => reasons?.toSorted()))));
  const then = butReasons.filter(({ version }) => version < since);
  const offered = reasonsOf(question).map(({ aspect, reasons }) => ({
    ...{ aspect, reasons },
    lackedIn: then
      .filter(({ questions }) => {
        const before = reasonsOf(questions.find(({ id }) => id === question.id)!);
        return reasons.some((one) => !before.find((each) => each.aspect === aspect)!.reasons.includes(one));
      })
      .map(({ version }) => version),
  }));
  return { question, since, sinceButReasons: sinceOf(butReasons), aspects: then.length === 0 ? [] : offered };
}

function reasonsOf(question: Question): { aspect: string; reasons: readonly string[] }[] {
  if (question.type !== "comparison") return [];
  return question.aspects.map(({ id, reasons = [] }) => ({ aspect: id, reasons }));
}

function withReasons(
  question: Question,
  change: (reasons: readonly string[] | undefined) => readonly string[] | undefined,
): object {
  if (question.type !== "comparison") return question;
  return { ...question, aspects: question.aspects.map((one) => ({ ...one, reasons: change(one.reasons) })) };
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
  const asked = JSON.stringify(questions.map(({ question, ...versions }) => ({ id: question.id, ...versions })));
  return Prisma.sql`exists (
    select from jsonb_to_recordset(${asked}::jsonb) as q(id text, since int, "sinceButReasons" int, aspects jsonb)
    where (${isOlder(Prisma.raw("schema_version"), Prisma.sql`q."sinceButReasons"`)} or ${hasOtherReasons})
      and ${condition})`;
}

/**
 * Reasons that are offered otherwise concern an answer only where it has one ticked that is not offered any more, or
 * prefers a completion and could not have one ticked that is now. One that is renamed is both.
 */
const hasOtherReasons = Prisma.sql`coalesce(a.schema_version, 0) < q.since and exists (${ownLabels()} and exists (
    select from jsonb_to_recordset(q.aspects) as offered(aspect text, reasons jsonb, "lackedIn" jsonb)
    where offered.aspect = l.aspect and (not (coalesce(l.payload -> 'reasons', '[]') <@ offered.reasons)
      or (l.payload ->> 'preferred' <> 'tie' and offered."lackedIn" @> to_jsonb(l.schema_version)))))`;

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
    (exists (${ownLabels()} and l.${column} < ${version}) or not exists (${ownLabels()}))`;
}

function ownLabels(): Prisma.Sql {
  return Prisma.sql`
    select from labels l
    where l.project_id = a.project_id and l.instance_id = a.instance_id and l.user_id = a.annotator_id
      and l.source = 'human' and l.is_current and l.question = q.id`;
}
