import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { pageAccess } from "@/app/(app)/page-access";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { roleAllows } from "@/lib/auth/access";
import { snapshotSources } from "@/lib/datasets/schema";
import { listSnapshots } from "@/lib/datasets/snapshot";
import { getProject, getProjectOverview } from "@/lib/projects/queries";
import { Snapshots } from "./_components/snapshots";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("datasets.export");
  return { title: t("title") };
}

type ExportPageProps = { params: Promise<{ slug: string }> };

/** Snapshots of a project's labels, and the files they can be written to. */
export default async function ExportPage({ params }: ExportPageProps) {
  const { slug } = await params;
  await pageAccess("snapshot:read", slug);
  const t = await getTranslations("datasets.export");
  return (
    <Page>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <Suspense fallback={<ExportSkeleton />}>
        <ExportContent slug={slug} />
      </Suspense>
    </Page>
  );
}

async function ExportContent({ slug }: { slug: string }) {
  const access = await pageAccess("snapshot:read", slug);
  const sourceNames = await getTranslations("projects.sources");
  const [snapshots, { exportDefaults }, overview] = await Promise.all([
    listSnapshots(access, { limit: 20 }),
    getProject(await pageAccess("project:view", slug)),
    getProjectOverview(await pageAccess("quality:read", slug)),
  ]);
  const sources = snapshotSources.map((source) => ({
    source,
    label: sourceNames(source),
    labels: overview.labels.bySource.find((row) => row.source === source)?.labels ?? 0,
  }));
  return (
    <Snapshots
      slug={slug}
      firstPage={snapshots}
      sources={sources}
      chosen={exportDefaults}
      canCreate={roleAllows(access.role, "snapshot:create")}
    />
  );
}

function ExportSkeleton() {
  const t = useTranslations("datasets.export");
  return (
    <div role="status" aria-label={t("loading")} className="grid gap-6">
      <Skeleton className="h-40 rounded-lg" />
      <Skeleton className="h-64 rounded-lg" />
    </div>
  );
}
