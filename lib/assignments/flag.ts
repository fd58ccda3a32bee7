import type { Access } from "@/lib/auth/access";
import { prisma, type Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { say } from "@/lib/say";
import type { Flag } from "./schema";

/**
 * Flags the instance of one of my assignments, in any state, or takes the flag back; undefined leaves it as it is. The
 * same flag again keeps its time, and stays resolved where it is, as every draft repeats it. With another note, or taken
 * back and given again, a resolved one is open again.
 */
export async function storeFlag(
  db: Db,
  { projectId, userId }: Access<"label:write">,
  id: string,
  flag: Flag | null | undefined,
): Promise<void> {
  if (flag === undefined) return;
  const mine = { projectId, id, annotatorId: userId };
  if (flag === null) {
    // What a researcher has dealt with stays in the history.
    await db.assignment.updateMany({ where: { ...mine, resolvedAt: null }, data: { flaggedAt: null, flagNote: null } });
    await db.assignment.updateMany({ where: { ...mine, resolvedAt: { not: null } }, data: { flagTakenBack: true } });
    return;
  }
  await db.$executeRaw`
    update assignments set flagged_at = now(), flag_note = ${flag.note}, flag_resolved_at = null, flag_taken_back = false
    where project_id = ${projectId}::uuid and id = ${id}::uuid and annotator_id = ${userId}::uuid
      and (flagged_at is null or flag_taken_back or flag_note <> ${flag.note})`;
}

/** Says that the flag of an assignment is dealt with; the history keeps it. Doing it twice is the same as once. */
export async function resolveFlag(
  { projectId, slug }: Access<"flag:resolve">,
  instanceId: string,
  assignmentId: string,
): Promise<void> {
  const resolved = await prisma.$executeRaw`
    update assignments set flag_resolved_at = coalesce(flag_resolved_at, now())
    where project_id = ${projectId}::uuid and instance_id = ${instanceId}::uuid and id = ${assignmentId}::uuid
      and flagged_at is not null`;
  if (resolved > 0) return;
  throw new AppError(
    "not_found",
    say`Assignment ${assignmentId} of instance ${instanceId} in project ${slug} has no flag. Its annotator may have taken it back; reload the page.`,
  );
}
