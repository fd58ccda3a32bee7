import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { z } from "zod";
import { pageAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { listImports } from "@/lib/datasets/list-imports";
import { maxUploadBytes } from "@/lib/datasets/schema";
import { FormatHelp } from "./_components/format-help";
import { ImportForm } from "./_components/import-form";
import { RecentImports } from "./_components/recent-imports";
import { RunReport } from "./_components/run-report";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("datasets.import");
  return { title: t("title") };
}

type ImportPageProps = { params: Promise<{ slug: string }>; searchParams: SearchParams };

const recent = 10;

/** Files of instances and labels come in here; the address names the import that is shown. */
export default async function ImportPage({ params, searchParams }: ImportPageProps) {
  const { slug } = await params;
  const t = await getTranslations("datasets.import");
  await pageAccess("instance:import", slug);
  const { run } = await searchQuery(z.object({ run: z.uuid().optional() }), searchParams);
  return (
    <Page>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <ImportForm slug={slug} maxBytes={maxUploadBytes} />
      {run ? <RunReport key={run} slug={slug} runId={run} /> : null}
      <Suspense fallback={<Skeleton className="h-40 rounded-lg" />}>
        <RecentImportsOf slug={slug} shown={run} />
      </Suspense>
      <FormatHelp slug={slug} />
    </Page>
  );
}

async function RecentImportsOf({ slug, shown }: { slug: string; shown: string | undefined }) {
  const imports = await listImports(await pageAccess("instance:import", slug), recent);
  return <RecentImports slug={slug} imports={imports} shown={shown} />;
}
