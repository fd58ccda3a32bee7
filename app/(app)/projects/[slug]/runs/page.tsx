import { Activity, SearchX } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
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

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("runs");
  return { title: t("title") };
}

const defaultLimit = listRunsQuery.parse({}).limit;

type RunsPageProps = { params: Promise<{ slug: string }>; searchParams: SearchParams };

/** The long work of a project, with filters in the address. */
export default async function RunsPage({ params, searchParams }: RunsPageProps) {
  const { slug } = await params;
  const t = await getTranslations("runs");
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
      <PageHeader title={t("title")} purpose={t("purpose")} />
      {isEmpty && !isFiltered && cursor === undefined ? (
        <EmptyState
          icon={<Activity />}
          title={t("nothingYet")}
          action={
            <Button asChild variant="primary">
              <Link href={`/projects/${slug}/import`}>{t("importInstances")}</Link>
            </Button>
          }
        >
          {t("nothingYetText")}
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
          <nav aria-label={t("pages")} className="flex flex-wrap gap-2">
            {cursor === undefined ? null : (
              <Button asChild>
                <Link href={linkTo({})}>{t("newest")}</Link>
              </Button>
            )}
            {runs.nextCursor === null ? null : (
              <Button asChild>
                <Link href={linkTo({ cursor: runs.nextCursor })}>{t("older")}</Link>
              </Button>
            )}
          </nav>
        </>
      )}
    </Page>
  );
}

function NoMatch({ path }: { path: string }) {
  const t = useTranslations("runs");
  return (
    <EmptyState
      icon={<SearchX />}
      title={t("noneFits")}
      action={
        <Button asChild>
          <Link href={path}>{t("showAll")}</Link>
        </Button>
      }
    >
      {t("noneFitsText")}
    </EmptyState>
  );
}
