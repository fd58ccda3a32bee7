import { endpoint } from "@/app/api/endpoint";
import { listAuditEvents } from "@/lib/auth/audit-log";
import { auditEventList, auditQuery } from "@/lib/auth/schema";

export const GET = endpoint(
  {
    summary: "List what was done on the site, newest first",
    audience: "audit:read",
    query: auditQuery,
    response: auditEventList,
  },
  ({ access, query }) => listAuditEvents(access, query),
);
