import { countAffected } from "@/lib/assignments/relabel/affected";
import type { Access } from "@/lib/auth/access";
import { prisma } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { LabelTypeName } from "@/lib/labels/schema";
import { canonicalJson } from "@/lib/text/canonical";
import { nameOfQuestion } from "@/lib/text/question-name";
import { currentSchema } from "../current-schema";
import { findLostMeanings, newMeanings, whyRefused } from "../keep-meanings";
import { labelableCompletions, type ComparisonQuestion, type Question, type TaskSchema } from "../schema";
import { whatJudgesGet } from "../what-differs";
import type { QuestionEffect, SchemaEffects } from "./schema";

/** What saving a task schema would do. Nothing is changed; what others save meanwhile may change it. */
export async function schemaEffects(
  { projectId }: Access<"project:update">,
  { taskSchema: after }: { taskSchema: TaskSchema },
): Promise<SchemaEffects> {
  const { taskSchema: before } = await currentSchema(prisma, projectId);
  const [counts, refused, held, labelable] = await Promise.all([
    countLabels(projectId),
    findLostMeanings(prisma, projectId, newMeanings(before, after)),
    countHeld(projectId, after),
    countLabelable(projectId, before, after),
  ]);
  const removed = before.questions.filter(({ id }) => after.questions.every((one) => one.id !== id));
  const kept = await Promise.all(
    after.questions.map(async (question) => ({
      ...effectOn(question, before, counts),
      ...(question.type === "spans" && { lost: await lostMarks(projectId, question, before) }),
      ...(question.type === "comparison" && { reasons: await lostReasons(projectId, question, { before, after }) }),
      refused: refused.includes(question) ? whyRefused(question) : null,
    })),
  );
  return {
    isChange: canonicalJson(before) !== canonicalJson(after),
    questions: [...kept, ...removed.map((question) => effectOfRemoving(question, counts))],
    held,
    labelable,
    startsJudges: whatJudgesGet(before) !== whatJudgesGet(after),
  };
}

type LabelCount = {
  question: string;
  type: LabelTypeName;
  aspect: string;
  /** Of a comparison. */
  scale: number | null;
  people: number;
  ai: number;
};

async function countLabels(projectId: string): Promise<LabelCount[]> {
  return await prisma.$queryRaw<LabelCount[]>`
    select question, type, aspect, (payload ->> 'scale')::int as scale,
      count(*) filter (where source = 'human')::int as people, count(*) filter (where source <> 'human')::int as ai
    from labels where project_id = ${projectId}::uuid and is_current and source <> 'demo' group by 1, 2, 3, 4`;
}

function effectOn(question: Question, before: TaskSchema, counts: LabelCount[]): QuestionEffect {
  const known = before.questions.find(({ id }) => id === question.id);
  const own = counts.filter((one) => one.question === question.id);
  const change = !known ? "new" : canonicalJson(known) === canonicalJson(question) ? "same" : "changed";
  const aspects = "aspects" in question ? question.aspects.map(({ id }) => id) : null;
  const asked = known && "aspects" in known ? known.aspects.map(({ id }) => id) : [];
  // Imported labels may have had an aspect that nobody asked about before; no change takes it away.
  const lost = aspects === null ? [] : own.filter(({ aspect }) => asked.includes(aspect) && !aspects.includes(aspect));
  const isRescaled = known?.type === "comparison" && question.type === "comparison" && known.scale !== question.scale;
  const rescaled = isRescaled ? own.filter(({ scale }) => scale !== question.scale) : [];
  return {
    ...{ id: question.id, name: nameOfQuestion(question), change, refused: null, reasons: null },
    ...sum(own),
    lost: [...new Set(lost.map(({ aspect }) => aspect))].map((part) => ({
      part: known && "aspects" in known ? (known.aspects.find(({ id }) => id === part)?.name ?? part) : part,
      ...sum(lost.filter(({ aspect }) => aspect === part)),
    })),
    otherScale: total(sum(rescaled)),
  };
}

function effectOfRemoving(question: Question, counts: LabelCount[]): QuestionEffect {
  const own = sum(counts.filter((one) => one.question === question.id));
  return {
    ...{ id: question.id, name: nameOfQuestion(question), change: "removed", refused: null, reasons: null },
    ...own,
    lost: total(own) > 0 ? [{ part: null, ...own }] : [],
    otherScale: 0,
  };
}

type Counts = { people: number; ai: number };

function sum(counts: readonly Counts[]): Counts {
  return {
    people: counts.reduce((all, { people }) => all + people, 0),
    ai: counts.reduce((all, { ai }) => all + ai, 0),
  };
}

function total({ people, ai }: Counts): number {
  return people + ai;
}

/** Labels with marks of a category that is not offered any more. */
async function lostMarks(
  projectId: string,
  question: Extract<Question, { type: "spans" }>,
  { questions }: TaskSchema,
): Promise<QuestionEffect["lost"]> {
  const known = questions.find(({ id }) => id === question.id);
  if (known?.type !== "spans") return [];
  const gone = known.categories.filter(({ id }) => question.categories.every((one) => one.id !== id));
  const lost = await Promise.all(
    gone.map(async ({ id, name }) => {
      const [row] = await prisma.$queryRaw<[Counts]>`
        select count(*) filter (where source = 'human')::int as people, count(*) filter (where source <> 'human')::int as ai
        from labels where project_id = ${projectId}::uuid and question = ${question.id} and type = 'spans'
          and is_current and source <> 'demo'
          and payload @> ${JSON.stringify({ spans: [{ category: id }] })}::jsonb`;
      return { part: name, ...row };
    }),
  );
  return lost.filter((one) => total(one) > 0);
}

/** Labels with a reason ticked that its aspect does not offer any more. Those of an aspect that is gone are lost with it. */
async function lostReasons(
  projectId: string,
  question: ComparisonQuestion,
  { before, after }: { before: TaskSchema; after: TaskSchema },
): Promise<QuestionEffect["reasons"]> {
  const known = before.questions.find(({ id }) => id === question.id);
  if (known?.type !== "comparison") return null;
  const gone = question.aspects.flatMap(({ id, name, reasons = [] }) => {
    const offered = known.aspects.find((one) => one.id === id)?.reasons ?? [];
    return offered.filter((reason) => !reasons.includes(reason)).map((reason) => ({ id, name, reason }));
  });
  const counted = await Promise.all(
    gone.map(async ({ id, name, reason }) => {
      const [row] = await prisma.$queryRaw<[Counts]>`
        select count(*) filter (where source = 'human')::int as people, count(*) filter (where source <> 'human')::int as ai
        from labels where project_id = ${projectId}::uuid and question = ${question.id} and type = 'comparison'
          and aspect = ${id} and is_current and source <> 'demo'
          and payload @> ${JSON.stringify({ reasons: [reason] })}::jsonb`;
      return { aspect: name, reason, ...row };
    }),
  );
  const lost = counted.filter((one) => total(one) > 0);
  return lost.length === 0 ? null : { lost, submissions: await countAffected(projectId, after, question.id) };
}

/** Whether the completions `c` of an instance fit the questions. */
function fits(taskSchema: TaskSchema): Prisma.Sql {
  const { least, most } = labelableCompletions(taskSchema);
  return Prisma.sql`bool_and(c.text is not null) and count(*) >= ${least}::int and (${most}::int is null or count(*) <= ${most}::int)`;
}

async function countHeld(projectId: string, after: TaskSchema): Promise<SchemaEffects["held"]> {
  const [row] = await prisma.$queryRaw<[SchemaEffects["held"]]>`
    select count(*)::int as instances,
      count(*) filter (where a.draft -> 'answers' <> '{}'::jsonb or a.sealed_answers is not null)::int as drafts,
      count(*) filter (where not exists (
        select from completions c where c.project_id = a.project_id and c.instance_id = a.instance_id
        having ${fits(after)}))::int as "takenBack"
    from assignments a where a.project_id = ${projectId}::uuid and a.state = 'leased'`;
  return row;
}

async function countLabelable(
  projectId: string,
  before: TaskSchema,
  after: TaskSchema,
): Promise<SchemaEffects["labelable"]> {
  const now = await prisma.instance.count({ where: { projectId, isLabelable: true } });
  if (canonicalJson(labelableCompletions(before)) === canonicalJson(labelableCompletions(after)))
    return { before: now, after: now };
  const [row] = await prisma.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from (
      select from completions c where c.project_id = ${projectId}::uuid group by c.instance_id having ${fits(after)}) as fitting`;
  return { before: now, after: row.count };
}
