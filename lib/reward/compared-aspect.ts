import type { Db } from "@/lib/db/client";
import { taskSchema } from "@/lib/projects/schema";

/** The aspect that a reward model learns: the overall one, or the first of a task schema that has none of that name. */
export async function comparedAspect(db: Db, projectId: string): Promise<string> {
  const { schemaVersion: version } = await db.project.findUniqueOrThrow({ where: { id: projectId } });
  const row = await db.taskSchema.findUniqueOrThrow({ where: { projectId_version: { projectId, version } } });
  const { aspects } = taskSchema.parse(row.payload).questions[0];
  return (aspects.find(({ id }) => id === "overall") ?? aspects[0]!).id;
}
