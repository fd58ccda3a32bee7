import type { Access } from "@/lib/auth/access";
import type { Db } from "@/lib/db/client";
import type { Assignment, AssignmentState } from "@/lib/db/generated/client";
import { lockAnnotator } from "./lock-annotator";
import { noSuchAssignment } from "./queries";

/** An assignment as it stands behind the lock of its instance. */
export type LockedAssignment = {
  id: string;
  instanceId: string;
  openSlots: number;
  state: AssignmentState;
  submissionId: string | null;
  /** By a re-label set. */
  isAskedAgain: boolean;
  seed: number;
  shownOrder: number[];
  sealedAnswers: Assignment["sealedAnswers"];
  suggestions: unknown;
  /** Since the first lease, or the first submission. */
  elapsedMs: number;
};

/**
 * Locks the instance, which every writer of its labels and slots does first, and reads the assignment behind that lock,
 * locked too: a re-label set asks for assignments without their instances.
 */
export async function lockAssignment(db: Db, access: Access<"label:write">, id: string): Promise<LockedAssignment> {
  const { projectId, userId } = access;
  await lockAnnotator(db, userId);
  const [instance] = await db.$queryRaw<{ id: string; openSlots: number }[]>`
    select id, open_slots as "openSlots" from instances
    where project_id = ${projectId}::uuid and id = (
      select instance_id from assignments where project_id = ${projectId}::uuid and id = ${id}::uuid and annotator_id = ${userId}::uuid)
    for update`;
  if (!instance) throw noSuchAssignment(access, id);
  const [assignment] = await db.$queryRaw<[Omit<LockedAssignment, "openSlots" | "isAskedAgain">]>`
    select id, instance_id as "instanceId", state, submission_id as "submissionId", seed, shown_order as "shownOrder",
      sealed_answers as "sealedAnswers", suggestions,
      (extract(epoch from now() - coalesce(submitted_at, created_at)) * 1000)::float8 as "elapsedMs"
    from assignments where project_id = ${projectId}::uuid and id = ${id}::uuid for update`;
  const asks = await db.relabelAsk.count({ where: { projectId, assignmentId: id, answeredAt: null } });
  return { ...assignment, openSlots: instance.openSlots, isAskedAgain: asks > 0 };
}
