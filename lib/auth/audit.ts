import type { Db } from "@/lib/db/client";
import type { Principal } from "./access";
import type { AuditAction, AuditDetail } from "./schema";

/**
 * Records what a person with power did, in the transaction that does it.
 * `target` names the thing in words a reader of the audit page understands.
 */
export async function recordAudit(
  db: Db,
  actor: Principal,
  event: {
    action: AuditAction;
    target: string;
    projectId?: string;
    detail?: AuditDetail;
  },
): Promise<void> {
  await db.auditEvent.create({
    data: {
      actorId: actor.userId,
      actor: actor.email,
      action: event.action,
      target: event.target,
      projectId: event.projectId ?? null,
      detail: event.detail ?? {},
    },
  });
}
