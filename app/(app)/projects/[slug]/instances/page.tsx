import { SearchX, Upload } from "lucide-react";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import Link from "next/link";
import { Suspense } from "react";
import { pageAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { Skeleton } from "@/app/_components/ui/skeleton";
import type { Access } from "@/lib/auth/access";
import { countInstances, countLimit, listInstances, listModels } from "@/lib/instances/queries";
import { instanceListQuery, type InstanceFilters, type InstanceListQuery } from "@/lib/instances/schema";
import { FilterChips } from "./_components/filter-chips";
import { FilterForm } from "./_components/filter-form";
import { InstanceTable } from "./_components/instance-table";
import { readView, type View, viewCookie } from "./_components/view";
import { ViewMenu } from "./_components/view-menu";

export const metadata: Metadata = { title: "Data" };

type InstancesPageProps = { params: Promise<{ slug: string }>; searchParams: SearchParams };

/** The instances of a project, with filters in the address. */
export default async function InstancesPage({ params, searchParams }: InstancesPageProps) {
  const { slug } = await params;
  const access = await pageAccess("instance:read", slug);
  const query = await searchQuery(instanceListQuery, searchParams);
  const view = readView((await cookies()).get(viewCookie)?.value);
  return (
    <Page width="wide">
      <PageHeader
        title="Data"
        purpose="Every instance with its completions, who labelled it and what came of it."
        actions={<ViewMenu view={view} />}
      />
      <Suspense fallback={<InstancesSkeleton />}>
        <Instances access={access} query={query} view={view} />
      </Suspense>
    </Page>
  );
}

type InstancesProps = { access: Access<"instance:read">; query: InstanceListQuery; view: View };

async function Instances({ access, query, view }: InstancesProps) {
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
          {wordCount(count, isFiltered)}
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
  return (
    <EmptyState
      icon={<Upload />}
      title="No instances yet"
      action={
        <Button asChild variant="primary">
          <Link href={`/projects/${slug}/import`}>Import instances</Link>
        </Button>
      }
    >
      An instance is a prompt with the completions to be compared. They come here by import: from a file, the API or the
      command line.
    </EmptyState>
  );
}

function NoMatch({ path }: { path: string }) {
  return (
    <EmptyState
      icon={<SearchX />}
      title="No instance fits these filters"
      action={
        <Button asChild>
          <Link href={path}>Remove all filters</Link>
        </Button>
      }
    >
      Remove a filter, or search for other words.
    </EmptyState>
  );
}

function InstancesSkeleton() {
  return (
    <div role="status" aria-label="Loading the instances" className="grid gap-3">
      <Skeleton className="h-8" />
      <Skeleton className="h-4 w-32" />
      <Skeleton className="h-96 rounded-lg" />
    </div>
  );
}

type PagingProps = { path: string; filters: InstanceFilters; isContinued: boolean; nextCursor: string | null };

function Paging({ path, filters, isContinued, nextCursor }: PagingProps) {
  if (!isContinued && nextCursor === null) return null;
  return (
    <nav aria-label="Pages" className="flex justify-end gap-2">
      {isContinued ? (
        <Button asChild>
          <Link href={`${path}?${new URLSearchParams(filters)}`}>First page</Link>
        </Button>
      ) : null}
      {nextCursor ? (
        <Button asChild>
          <Link href={`${path}?${new URLSearchParams({ ...filters, cursor: nextCursor })}`}>Next page</Link>
        </Button>
      ) : null}
    </nav>
  );
}

function wordCount(count: number, isFiltered: boolean): string {
  const words = isFiltered ? "that fit" : "in all";
  if (count > countLimit) return `More than ${formatNumber(countLimit)} instances ${words}`;
  return `${formatNumber(count)} ${count === 1 ? "instance" : "instances"} ${count === 1 && isFiltered ? "that fits" : words}`;
}
