import type { Metadata } from "next";
import { Suspense } from "react";
import { pageGlobalAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { AuditFilters } from "@/app/_components/people/audit-filters";
import { AuditLog } from "@/app/_components/people/audit-log";
import { RowsSkeleton } from "@/app/_components/list-skeleton";
import { Page, PageHeader } from "@/app/_components/ui/page";
import type { GlobalAccess } from "@/lib/auth/access";
import { listAuditEvents } from "@/lib/auth/audit-log";
import { listMyProjects } from "@/lib/auth/my-projects";
import { auditActions, auditQuery, type AuditQuery } from "@/lib/auth/schema";

export const metadata: Metadata = { title: "Audit" };

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  const access = await pageGlobalAccess("audit:read");
  const query = await searchQuery(auditQuery, searchParams);
  return (
    <Page>
      <PageHeader
        title="Audit"
        purpose="What people with rights did on this site. Nothing here can be changed or removed."
      />
      <AuditFilters
        path="/audit"
        actions={auditActions}
        action={query.action}
        projects={await listMyProjects(access)}
        project={query.project}
      />
      <Suspense key={JSON.stringify(query)} fallback={<RowsSkeleton />}>
        <LoadedLog access={access} query={query} />
      </Suspense>
    </Page>
  );
}

async function LoadedLog({ access, query }: { access: GlobalAccess<"audit:read">; query: AuditQuery }) {
  return (
    <AuditLog
      events={await listAuditEvents(access, query)}
      path="/audit"
      filters={{ project: query.project, action: query.action }}
      isContinued={query.cursor !== undefined}
      withProject
    />
  );
}
