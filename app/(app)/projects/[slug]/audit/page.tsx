import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { pageAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { AuditFilters } from "@/app/_components/people/audit-filters";
import { AuditLog } from "@/app/_components/people/audit-log";
import { RowsSkeleton } from "@/app/_components/list-skeleton";
import { Page, PageHeader } from "@/app/_components/ui/page";
import type { Access } from "@/lib/auth/access";
import { listProjectAuditEvents } from "@/lib/auth/audit-log";
import { auditActions, projectAuditQuery, type ProjectAuditQuery } from "@/lib/auth/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("instances.audit");
  return { title: t("title") };
}

/** Actions on the site happen outside of projects. */
const projectActions = auditActions.filter((action) => !/^(user|api-key)\./.test(action));

type ProjectAuditPageProps = { params: Promise<{ slug: string }>; searchParams: SearchParams };

export default async function ProjectAuditPage({ params, searchParams }: ProjectAuditPageProps) {
  const { slug } = await params;
  const t = await getTranslations("instances.audit");
  const access = await pageAccess("project:audit", slug);
  const query = await searchQuery(projectAuditQuery, searchParams);
  const path = `/projects/${slug}/audit`;
  return (
    <Page>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <AuditFilters path={path} actions={projectActions} action={query.action} />
      <Suspense key={JSON.stringify(query)} fallback={<RowsSkeleton />}>
        <LoadedLog access={access} path={path} query={query} />
      </Suspense>
    </Page>
  );
}

type LoadedLogProps = { access: Access<"project:audit">; path: string; query: ProjectAuditQuery };

async function LoadedLog({ access, path, query }: LoadedLogProps) {
  return (
    <AuditLog
      events={await listProjectAuditEvents(access, query)}
      path={path}
      filters={{ action: query.action }}
      isContinued={query.cursor !== undefined}
    />
  );
}
