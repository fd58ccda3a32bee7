import type { Db } from "@/lib/db/client";
import type { Principal } from "./access";
import type { AuditAction, AuditDetail } from "./schema";

/** The file of a snapshot that a project offers first; one of all labels has no rows and no aspect to choose. */
export type ExportFile = { format: string; rows?: string; aspect?: string };

/** What events tell of it, a fact each. */
export function factsOfFile({ format, rows, aspect }: ExportFile): Record<string, string> {
  return {
    exportDefaults: format,
    ...(rows !== undefined && { exportRows: rows }),
    ...(aspect !== undefined && { exportAspect: aspect }),
  };
}

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
