import type { Db } from "@/lib/db/client";
import { currentSchema } from "@/lib/projects/current-schema";
import { comparisonOf } from "@/lib/projects/schema";

/** What one reward model learns: answers to one question on one of its aspects. */
export type Compared = { question: string; aspect: string };

/**
 * The question and aspect that a reward model learns: the project's comparison on its overall aspect, or on the first
 * where none has that name. Null where no comparison is asked: a reward model learns from nothing else.
 */
export async function comparedAspect(db: Db, projectId: string): Promise<Compared | null> {
  const { taskSchema } = await currentSchema(db, projectId);
  const comparison = comparisonOf(taskSchema);
  if (!comparison) return null;
  const { id: question, aspects } = comparison;
  return { question, aspect: (aspects.find(({ id }) => id === "overall") ?? aspects[0]!).id };
}
