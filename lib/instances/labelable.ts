import type { Db } from "@/lib/db/client";
import { labelableCompletions, type TaskSchema } from "@/lib/projects/schema";

/** Whether people can be asked about an instance with these completions. */
export function isLabelable(taskSchema: TaskSchema, completions: { text: string | null }[]): boolean {
  const { least, most } = labelableCompletions(taskSchema);
  const isFitting = completions.length >= least && (most === null || completions.length <= most);
  return isFitting && completions.every(({ text }) => text !== null);
}

/** Decides it anew for all instances of a project, whose rows the caller has locked; their open slots are to follow. */
export async function refreshLabelable(db: Db, projectId: string, taskSchema: TaskSchema): Promise<void> {
  const { least, most } = labelableCompletions(taskSchema);
  await db.$executeRaw`
    update instances i set is_labelable = c.fits
    from (
      select instance_id, bool_and(text is not null) and count(*) >= ${least}::int
        and (${most}::int is null or count(*) <= ${most}::int) as fits
      from completions where project_id = ${projectId}::uuid group by instance_id
    ) c
    where i.project_id = ${projectId}::uuid and i.id = c.instance_id and i.is_labelable <> c.fits`;
}
