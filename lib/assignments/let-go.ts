import type { Access } from "@/lib/auth/access";
import type { Db } from "@/lib/db/client";
import type { AssignmentState } from "@/lib/db/generated/client";
import { refreshOpenSlots } from "@/lib/instances/open-slots";
import { lockAnnotator } from "./lock-annotator";
import { noSuchAssignment } from "./queries";

/**
 * Ends an assignment without labels and opens the slot it took, unless the instance has enough people without it. One
 * that is submitted stays as it is. Returns the state it was in. Runs in a transaction: it locks, then looks, then changes.
 */
export async function letGo(
  db: Db,
  access: Access<"label:write">,
  id: string,
  { state, reason }: { state: "skipped" | "released"; reason: string | null },
): Promise<AssignmentState> {
  const { projectId, userId } = access;
  await lockAnnotator(db, userId);
  const [instance] = await db.$queryRaw<{ id: string }[]>`
    select id from instances
    where project_id = ${projectId}::uuid and id = (
      select instance_id from assignments where project_id = ${projectId}::uuid and id = ${id}::uuid and annotator_id = ${userId}::uuid)
    for update`;
  if (!instance) throw noSuchAssignment(access, id);
  const before = await db.assignment.findUniqueOrThrow({
    where: { projectId_id: { projectId, id } },
    select: { state: true },
  });
  const isEnding = before.state === "leased" || (state === "skipped" && before.state !== "submitted");
  if (!isEnding) return before.state;
  await db.$executeRaw`
    update assignments set state = ${state}::assignment_state, skip_reason = ${reason}, updated_at = now()
    where project_id = ${projectId}::uuid and id = ${id}::uuid`;
  if (before.state === "leased") await refreshOpenSlots(db, projectId, [instance.id]);
  return before.state;
}
