import type { Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import type { LabelTypeName } from "@/lib/labels/schema";
import { taskSchema, type Question, type RatingScale, type TaskSchema } from "./schema";

/** Whether answers to the one question say of the other what they said; labels of comparisons keep their scale. */
export function hasMeaningOf(before: Question, after: Question): boolean {
  if (before.type === "rating" && after.type === "rating") return isScaleKept(before.scale, after.scale);
  if (before.type === "steps" && after.type === "steps") return before.cut === after.cut;
  if (before.type === "binary" && after.type === "binary") return before.kind === after.kind;
  return before.type === after.type;
}

/** Those questions of a new task schema that are new under their id, or mean something else than now. */
export function newMeanings(before: TaskSchema, after: TaskSchema): Question[] {
  return after.questions.filter((question) => {
    const known = before.questions.find(({ id }) => id === question.id);
    return !known || !hasMeaningOf(known, question);
  });
}

/**
 * Throws `conflict` where a question would turn labels under its id into answers to something else. The caller has locked
 * the project's instances by a statement before, so that no submission comes in between.
 */
export async function refuseNewMeanings(db: Db, projectId: string, questions: Question[]): Promise<void> {
  const [refused] = await findLostMeanings(db, projectId, questions);
  if (refused) throw new AppError("conflict", whyRefused(refused));
}

/** Those of the questions that would turn labels under their ids into answers to something else. */
export async function findLostMeanings(db: Db, projectId: string, questions: Question[]): Promise<Question[]> {
  if (questions.length === 0) return [];
  // Imported labels name no version: they stand beside what is asked now.
  const answered = await db.$queryRaw<{ id: string; type: LabelTypeName; kind: string | null; version: number }[]>`
    select distinct l.question as id, l.type, case when l.type = 'binary' then l.payload ->> 'kind' end as kind,
      coalesce(l.schema_version, p.schema_version) as version
    from labels l join projects p on p.id = l.project_id
    where l.project_id = ${projectId}::uuid and l.question = any(${questions.map(({ id }) => id)}::text[])`;
  if (answered.length === 0) return [];
  const versions = await db.taskSchema.findMany({
    where: { projectId, version: { in: answered.map(({ version }) => version) } },
  });
  const asked = new Map(versions.map(({ version, payload }) => [version, taskSchema.parse(payload).questions]));
  return questions.filter((question) => {
    const labels = answered.filter(({ id }) => id === question.id);
    const isKept = labels.every(({ type, kind, version }) => {
      if (type !== question.type || (question.type === "binary" && kind !== question.kind)) return false;
      const then = asked.get(version)?.find(({ id }) => id === question.id);
      return then === undefined || hasMeaningOf(then, question);
    });
    return !isKept;
  });
}

/** Names may change, and categories be added. */
function isScaleKept(before: RatingScale, after: RatingScale): boolean {
  if (before.kind === "points" && after.kind === "points") return before.points === after.points;
  if (before.kind === "range" && after.kind === "range")
    return before.min === after.min && before.max === after.max && before.step === after.step;
  if (before.kind === "categories" && after.kind === "categories")
    return before.categories.every(({ value }) => after.categories.some((one) => one.value === value));
  return false;
}

/** Why a question cannot have this meaning under its id. */
export function whyRefused({ id, type }: Question): string {
  switch (type) {
    case "rating":
      return say`The question ${id} has labels of another type or scale, which would count as answers to the new question. Give the new question an id of its own.`;
    case "steps":
      return say`The question ${id} has labels of another type or cut, which would count as answers to the new question. Give the new question an id of its own.`;
    case "binary":
      return say`The question ${id} has labels of another type or kind, which would count as answers to the new question. Give the new question an id of its own.`;
    default:
      return say`The question ${id} has labels of another type, which would count as answers to the new question. Give the new question an id of its own.`;
  }
}
