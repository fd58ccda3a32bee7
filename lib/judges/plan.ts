import { onlyAspect } from "@/lib/assignments/answers/answer-type";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { currentSchema } from "@/lib/projects/current-schema";
import { comparisonOf, type Condition, type Question, type TaskSchema } from "@/lib/projects/schema";
import { say } from "@/lib/say";
import type { LmConfig, RmConfig } from "./schema";

/** What a judge is, as far as that says what it is asked. */
export type Configured = { kind: "lm"; config: LmConfig } | { kind: "rm"; config: RmConfig };

export type PlannedAspect = { id: string; name: string; definition: string };
export type PlannedQuestion = { question: Question; aspects: PlannedAspect[] };

/** What a version of a judge answers of its project's current task schema, and how often it is asked. */
export type Plan = Pick<LmConfig, "samples" | "rankingBy" | "usesReference"> & {
  schemaVersion: number;
  questions: PlannedQuestion[];
};

/**
 * Questions without aspects are about one, as their labels say. A judge that answers a question with a condition is asked
 * what the condition is about, too; a reward model answers its comparison whatever the condition says.
 */
export function planOf(
  { taskSchema, schemaVersion }: { taskSchema: TaskSchema; schemaVersion: number },
  judge: Configured,
): Plan {
  if (judge.kind === "rm") {
    const questions = comparedBy(taskSchema, judge.config);
    return { schemaVersion, questions, samples: 1, rankingBy: "permutations", usesReference: false };
  }
  const { questions: ids, samples, rankingBy, usesReference } = judge.config;
  const needed = ids && ids.flatMap((id) => conditionedBy(taskSchema, id));
  const questions = taskSchema.questions
    .filter(({ id }) => needed === null || needed.includes(id))
    .map((question) => ({ question, aspects: aspectsOf(question) }));
  return { schemaVersion, questions, samples, rankingBy, usesReference };
}

/** The question and all that have to be answered before it is known whether it is asked. */
function conditionedBy(taskSchema: TaskSchema, id: string): string[] {
  const before = taskSchema.questions.find((one) => one.id === id)?.when?.question;
  return before === undefined ? [id] : [id, ...conditionedBy(taskSchema, before)];
}

/** All that has to be met for a planned question to be asked: its condition, and those of the question that it names. */
export function conditionsOf({ when }: Question, plan: Pick<Plan, "questions">): Condition[] {
  if (when === undefined) return [];
  const source = plan.questions.find(({ question }) => question.id === when.question);
  return [when, ...(source ? conditionsOf(source.question, plan) : [])];
}

export async function loadPlan(projectId: string, judge: Configured, db: Db = prisma): Promise<Plan> {
  return planOf(await currentSchema(db, projectId), judge);
}

/** Throws `conflict` when the project asks nothing that the judge answers. */
export function requireQuestions(name: string, judge: Configured, { questions }: Plan): void {
  if (questions.length > 0) return;
  if (judge.kind === "rm") {
    throw new AppError(
      "conflict",
      say`Judge ${name} is the reward model, which answers a comparison, and this project asks for none that it has learned. Add a question of type comparison to the task schema, then start the judge again.`,
    );
  }
  throw new AppError(
    "conflict",
    say`Judge ${name} answers ${judge.config.questions!.join(", ")}, and this project's task schema asks for nothing of that name. Choose other questions for the judge, then start it again.`,
  );
}

/** Throws `invalid` when a config names questions that the task schema does not have. */
export async function requireKnownQuestions(
  db: Db,
  { projectId, slug }: { projectId: string; slug: string },
  { questions }: LmConfig,
): Promise<void> {
  if (questions === null) return;
  const { taskSchema } = await currentSchema(db, projectId);
  const known = taskSchema.questions.map(({ id }) => id);
  const strange = questions.find((id) => !known.includes(id));
  if (strange === undefined) return;
  throw new AppError(
    "invalid",
    say`Project ${slug} asks for no ${strange}. The questions of its task schema are ${known.join(", ")}.`,
    { faults: [{ path: "config.questions", message: say`names ${strange}, which is not in the task schema` }] },
  );
}

function aspectsOf(question: Question): PlannedAspect[] {
  if ("aspects" in question) return question.aspects;
  return [{ id: onlyAspect, name: question.name, definition: question.definition }];
}

/** A reward model knows the aspect of the first comparison that it learned. */
function comparedBy(taskSchema: TaskSchema, { rewardModel }: RmConfig): PlannedQuestion[] {
  const question = comparisonOf(taskSchema);
  const aspects = question?.aspects.filter(({ id }) => id === rewardModel?.aspect) ?? [];
  return question && aspects.length > 0 ? [{ question: { ...question, when: undefined }, aspects }] : [];
}
