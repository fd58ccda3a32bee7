import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { pageGlobalAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { AuditFilters } from "@/app/_components/people/audit-filters";
import { AuditLog } from "@/app/_components/people/audit-log";
import { RowsSkeleton } from "@/app/_components/list-skeleton";
import { RoomMessages } from "@/app/i18n/room-messages";
import { Page, PageHeader } from "@/app/_components/ui/page";
import type { GlobalAccess } from "@/lib/auth/access";
import { listAuditEvents } from "@/lib/auth/audit-log";
import { listMyProjects } from "@/lib/auth/my-projects";
import { auditActions, auditQuery, type AuditQuery } from "@/lib/auth/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people.audit");
  return { title: t("title") };
}

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  const access = await pageGlobalAccess("audit:read");
  const t = await getTranslations("people.audit");
  const query = await searchQuery(auditQuery, searchParams);
  return (
    <RoomMessages rooms={["people"]}>
      <Page>
        <PageHeader title={t("title")} purpose={t("purpose")} />
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
    </RoomMessages>
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
