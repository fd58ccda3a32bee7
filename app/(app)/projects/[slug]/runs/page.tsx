import { Activity, SearchX } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { pageAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { roleAllows } from "@/lib/auth/access";
import { listRuns } from "@/lib/jobs/runs";
import { listRunsQuery } from "@/lib/jobs/schema";
import { RunFilters } from "./_components/run-filters";
import { RunTable } from "./_components/run-table";

export const metadata: Metadata = { title: "Runs" };

const defaultLimit = listRunsQuery.parse({}).limit;

type RunsPageProps = { params: Promise<{ slug: string }>; searchParams: SearchParams };

/** The long work of a project, with filters in the address. */
export default async function RunsPage({ params, searchParams }: RunsPageProps) {
  const { slug } = await params;
  const access = await pageAccess("run:read", slug);
  const query = await searchQuery(listRunsQuery, searchParams);
  const { kind, state, cursor, limit } = query;
  const runs = await listRuns(access, query);
  const path = `/projects/${slug}/runs`;
  const isFiltered = kind !== undefined || state !== undefined;
  const linkTo = (part: { cursor?: string }) => {
    const chosen = { kind, state, limit: limit === defaultLimit ? undefined : String(limit), ...part };
    const given = Object.entries(chosen).filter(([, value]) => value !== undefined) as [string, string][];
    return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
  };
  const isEmpty = runs.items.length === 0;
  return (
    <Page width="wide">
      <PageHeader
        title="Runs"
        purpose="Work that takes longer than a click: imports, snapshots, judging, routing, training and scoring."
      />
      {isEmpty && !isFiltered && cursor === undefined ? (
        <EmptyState
          icon={<Activity />}
          title="Nothing has run yet"
          action={
            <Button asChild variant="primary">
              <Link href={`/projects/${slug}/import`}>Import instances</Link>
            </Button>
          }
        >
          Every import, snapshot, judging and training is listed here with how far it is, who started it and what came
          of it.
        </EmptyState>
      ) : (
        <>
          <RunFilters path={path} kind={kind} state={state} />
          {isEmpty ? (
            <NoMatch path={path} />
          ) : (
            <RunTable
              key={JSON.stringify(query)}
              slug={slug}
              firstPage={runs}
              query={{ kind, state, cursor, limit: String(limit) }}
              canCancel={roleAllows(access.role, "run:cancel")}
            />
          )}
          <nav aria-label="Pages of the list" className="flex flex-wrap gap-2">
            {cursor === undefined ? null : (
              <Button asChild>
                <Link href={linkTo({})}>Newest</Link>
              </Button>
            )}
            {runs.nextCursor === null ? null : (
              <Button asChild>
                <Link href={linkTo({ cursor: runs.nextCursor })}>Older</Link>
              </Button>
            )}
          </nav>
        </>
      )}
    </Page>
  );
}

function NoMatch({ path }: { path: string }) {
  return (
    <EmptyState
      icon={<SearchX />}
      title="No run fits"
      action={
        <Button asChild>
          <Link href={path}>Show all runs</Link>
        </Button>
      }
    >
      Choose another kind or another state.
    </EmptyState>
  );
}
