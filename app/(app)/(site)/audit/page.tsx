import type { Metadata } from "next";
import { pageGlobalAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { AuditFilters } from "@/app/_components/people/audit-filters";
import { AuditLog } from "@/app/_components/people/audit-log";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { listAuditEvents } from "@/lib/auth/audit-log";
import { listMyProjects } from "@/lib/auth/my-projects";
import { auditActions, auditQuery } from "@/lib/auth/schema";

export const metadata: Metadata = { title: "Audit" };

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  const access = await pageGlobalAccess("audit:read");
  const query = await searchQuery(auditQuery, searchParams);
  const { project, action, cursor } = query;
  return (
    <Page>
      <PageHeader
        title="Audit"
        purpose="What people with rights did on this site. Nothing here can be changed or removed."
      />
      <AuditFilters
        path="/audit"
        actions={auditActions}
        action={action}
        projects={await listMyProjects(access)}
        project={project}
      />
      <AuditLog
        events={await listAuditEvents(access, query)}
        path="/audit"
        filters={{ project, action }}
        isContinued={cursor !== undefined}
        withProject
      />
    </Page>
  );
}
