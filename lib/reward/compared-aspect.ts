import type { Db } from "@/lib/db/client";
import { currentSchema } from "@/lib/projects/current-schema";
import { comparisonOf } from "@/lib/projects/schema";

/**
 * The aspect that a reward model learns: the overall one of the project's comparison, or the first where none has that
 * name. Null where no comparison is asked: a reward model learns from nothing else.
 */
export async function comparedAspect(db: Db, projectId: string): Promise<string | null> {
  const { taskSchema } = await currentSchema(db, projectId);
  const aspects = comparisonOf(taskSchema)?.aspects;
  if (!aspects) return null;
  return (aspects.find(({ id }) => id === "overall") ?? aspects[0]!).id;
}
