import { SearchX, Upload } from "lucide-react";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { pageAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { Skeleton } from "@/app/_components/ui/skeleton";
import type { Translate } from "@/app/i18n/translate";
import type { Access } from "@/lib/auth/access";
import { countInstances, countLimit, listInstances, listModels } from "@/lib/instances/queries";
import { instanceListQuery, type InstanceFilters, type InstanceListQuery } from "@/lib/instances/schema";
import { FilterChips } from "./_components/filter-chips";
import { FilterForm } from "./_components/filter-form";
import { InstanceTable } from "./_components/instance-table";
import { readView, type View, viewCookie } from "./_components/view";
import { ViewMenu } from "./_components/view-menu";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("instances");
  return { title: t("title") };
}

type InstancesPageProps = { params: Promise<{ slug: string }>; searchParams: SearchParams };

/** The instances of a project, with filters in the address. */
export default async function InstancesPage({ params, searchParams }: InstancesPageProps) {
  const { slug } = await params;
  const t = await getTranslations("instances");
  const access = await pageAccess("instance:read", slug);
  const query = await searchQuery(instanceListQuery, searchParams);
  const view = readView((await cookies()).get(viewCookie)?.value);
  return (
    <Page width="wide">
      <PageHeader title={t("title")} purpose={t("list.purpose")} actions={<ViewMenu view={view} />} />
      <Suspense fallback={<InstancesSkeleton />}>
        <Instances access={access} query={query} view={view} />
      </Suspense>
    </Page>
  );
}

type InstancesProps = { access: Access<"instance:read">; query: InstanceListQuery; view: View };

async function Instances({ access, query, view }: InstancesProps) {
  const t = await getTranslations("instances.list");
  const { cursor, limit: _, ...filters } = query;
  const [{ items, nextCursor }, count, models] = await Promise.all([
    listInstances(access, query),
    countInstances(access, filters),
    listModels(access),
  ]);
  const path = `/projects/${access.slug}/instances`;
  const isFiltered = Object.keys(filters).length > 0;
  if (items.length === 0 && !isFiltered && cursor === undefined) return <NoInstances slug={access.slug} />;
  return (
    <>
      <div className="grid gap-3">
        <FilterForm path={path} filters={filters} models={models} />
        <FilterChips path={path} filters={filters} />
        <p className="text-[0.8125rem] text-muted-foreground tabular-nums" role="status">
          {wordCount(count, isFiltered, t)}
        </p>
      </div>
      {items.length === 0 ? (
        <NoMatch path={path} />
      ) : (
        <>
          <InstanceTable slug={access.slug} items={items} view={view} />
          <Paging path={path} filters={filters} isContinued={cursor !== undefined} nextCursor={nextCursor} />
        </>
      )}
    </>
  );
}

function NoInstances({ slug }: { slug: string }) {
  const t = useTranslations("instances.list");
  return (
    <EmptyState
      icon={<Upload />}
      title={t("none")}
      action={
        <Button asChild variant="primary">
          <Link href={`/projects/${slug}/import`}>{t("import")}</Link>
        </Button>
      }
    >
      {t("noneText")}
    </EmptyState>
  );
}

function NoMatch({ path }: { path: string }) {
  const t = useTranslations("instances.list");
  return (
    <EmptyState
      icon={<SearchX />}
      title={t("noMatch")}
      action={
        <Button asChild>
          <Link href={path}>{t("removeAllFilters")}</Link>
        </Button>
      }
    >
      {t("noMatchText")}
    </EmptyState>
  );
}

function InstancesSkeleton() {
  const t = useTranslations("instances.list");
  return (
    <div role="status" aria-label={t("loading")} className="grid gap-3">
      <Skeleton className="h-8" />
      <Skeleton className="h-4 w-32" />
      <Skeleton className="h-96 rounded-lg" />
    </div>
  );
}

type PagingProps = { path: string; filters: InstanceFilters; isContinued: boolean; nextCursor: string | null };

function Paging({ path, filters, isContinued, nextCursor }: PagingProps) {
  const t = useTranslations("instances.list");
  if (!isContinued && nextCursor === null) return null;
  return (
    <nav aria-label={t("pages")} className="flex justify-end gap-2">
      {isContinued ? (
        <Button asChild>
          <Link href={`${path}?${new URLSearchParams(filters)}`}>{t("firstPage")}</Link>
        </Button>
      ) : null}
      {nextCursor ? (
        <Button asChild>
          <Link href={`${path}?${new URLSearchParams({ ...filters, cursor: nextCursor })}`}>{t("nextPage")}</Link>
        </Button>
      ) : null}
    </nav>
  );
}

function wordCount(count: number, isFiltered: boolean, t: Translate<"instances.list">): string {
  if (count > countLimit) return t(isFiltered ? "moreThanFit" : "moreThan", { count: countLimit });
  return t(isFiltered ? "countFit" : "count", { count });
}
