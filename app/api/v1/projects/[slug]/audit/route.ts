import { endpoint } from "@/app/api/endpoint";
import { listProjectAuditEvents } from "@/lib/auth/audit-log";
import { auditEventList, projectAuditQuery } from "@/lib/auth/schema";

export const GET = endpoint(
  {
    summary: "List what was done in the project, newest first",
    audience: "project:audit",
    query: projectAuditQuery,
    response: auditEventList,
  },
  ({ access, query }) => listProjectAuditEvents(access, query),
);
