import type { Db } from "@/lib/db/client";
import { currentSchema } from "@/lib/projects/current-schema";
import { comparisonOf, type TaskSchema } from "@/lib/projects/schema";
import type { LearnsFrom } from "./heads/schema";

/** What one reward model learns overall: answers to one question on one of its aspects. */
export type Compared = { from: LearnsFrom; question: string; aspect: string };

/** As `overallOf` of the task schema that a project has now. */
export async function comparedAspect(db: Db, projectId: string): Promise<Compared | null> {
  return overallOf((await currentSchema(db, projectId)).taskSchema);
}

/**
 * What the overall reward is learned from: the first comparison on its overall aspect, or on the first where none has that
 * name; where none is asked, the first ranking; else pairs of completions of a prompt that differ in their rating, or in
 * their answer by yes or no, correctness before others. Null where nothing of this is asked.
 */
export function overallOf(taskSchema: TaskSchema): Compared | null {
  const { questions } = taskSchema;
  const comparison = comparisonOf(taskSchema);
  if (comparison) return { from: "comparison", question: comparison.id, aspect: overallAmong(comparison.aspects) };
  const ranking = questions.find(({ type }) => type === "ranking");
  if (ranking) return { from: "ranking", question: ranking.id, aspect: "overall" };
  const ratings = questions.filter((one) => one.type === "rating");
  const rating = ratings.find(({ aspects }) => aspects.some(({ id }) => id === "overall")) ?? ratings[0];
  if (rating) return { from: "rating", question: rating.id, aspect: overallAmong(rating.aspects) };
  const answers = questions.filter((one) => one.type === "binary");
  const binary = answers.find(({ kind }) => kind === "correct") ?? answers[0];
  // The kind of such an answer is the aspect of its labels.
  return binary ? { from: "binary", question: binary.id, aspect: binary.kind } : null;
}

function overallAmong(aspects: readonly { id: string }[]): string {
  return (aspects.find(({ id }) => id === "overall") ?? aspects[0]!).id;
}
