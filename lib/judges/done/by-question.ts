import { prisma } from "@/lib/db/client";
import { currentSchema } from "@/lib/projects/current-schema";
import type { LabelTypeName } from "@/lib/labels/schema";
import { nameOfQuestion } from "@/lib/text/question-name";
import { planOf, type Configured } from "../plan";
import { annotatorOf } from "../queries";
import type { DoneOfQuestion } from "./schema";

type Version = { projectId: string; judgeId: string; version: number };
type Given = { question: string; verdicts: number; invalid: number; costMicros: number };
type Made = { question: string; type: LabelTypeName; labels: number; inconsistent: number; confidence: number | null };

/** What a version of a judge has done, question by question: those that it answers, then those that have gone. */
export async function readDoneByQuestion(version: Version, judge: Configured): Promise<DoneOfQuestion[]> {
  const [asked, given, made] = await Promise.all([
    currentSchema(prisma, version.projectId),
    readGiven(version),
    readMade(version),
  ]);
  const answered = planOf(asked, judge).questions.map(({ question, aspects }) => ({
    question: question.id,
    type: question.type,
    name: nameOfQuestion("name" in question ? question : { aspects }),
  }));
  const gone = made
    .filter(({ question }) => !answered.some((one) => one.question === question))
    .map(({ question, type }) => ({ question, type, name: question }));
  return [...answered, ...gone].map((one) => {
    const { labels = 0, inconsistent = 0, confidence = null } = made.find(isOf(one)) ?? {};
    const { verdicts = 0, invalid = 0, costMicros = 0 } = given.find(isOf(one)) ?? {};
    return { ...one, verdicts, invalid, labels, inconsistent, confidence, costMicros };
  });
}

function isOf({ question }: { question: string }) {
  return (row: { question: string }) => row.question === question;
}

async function readGiven({ projectId, judgeId, version }: Version): Promise<Given[]> {
  return await prisma.$queryRaw<Given[]>`
    select question, count(*)::int as verdicts, sum(cost_micros)::float8 as "costMicros",
      count(*) filter (where outcome ->> 'kind' = 'invalid')::int as invalid
    from verdicts
    where project_id = ${projectId}::uuid and judge_id = ${judgeId}::uuid and judge_version = ${version}::int
    group by question`;
}

async function readMade(version: Version): Promise<Made[]> {
  return await prisma.$queryRaw<Made[]>`
    select question, min(type)::text as type, count(*)::int as labels,
      count(*) filter (where meta ->> 'outcome' = 'inconsistent')::int as inconsistent,
      avg((meta ->> 'confidence')::float8) as confidence
    from labels
    where project_id = ${version.projectId}::uuid and source in ('lm', 'rm') and is_current
      and annotator = ${annotatorOf(version)}
    group by question order by question`;
}
