import type { Metadata } from "next";
import { Split } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { z } from "zod";
import { pageAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { roleAllows } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { readCurrency } from "@/lib/judges/form-facts";
import { getClassifier } from "@/lib/routing/features/classifier/start";
import { getFeatures } from "@/lib/routing/features/start";
import { getFit, listFits } from "@/lib/routing/fits/queries";
import { fitListQuery, fitParams } from "@/lib/routing/fits/schema";
import { getRouting } from "@/lib/routing/queries";
import { getRoutingSettings } from "@/lib/routing/settings/settings";
import { RoutingTabs } from "../_components/tabs";
import { SelfCareForm } from "../_components/self-care-form";
import { FitNow } from "./_components/fit-now";
import { FitParts } from "./_components/fit-parts";
import { TagClassifier } from "./_components/tag-classifier";
import { TextFeatures } from "./_components/text-features";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("routing.page"))("backtestTitle") };
}

const pageQuery = z.strictObject({ fit: fitParams.shape.version.optional() });

type BacktestPageProps = { params: Promise<{ slug: string }>; searchParams: SearchParams };

/** What each policy would come to on the project's own labels, and what was learned about whom to ask. */
export default async function BacktestPage({ params, searchParams }: BacktestPageProps) {
  const { slug } = await params;
  const access = await pageAccess("routing:read", slug);
  const { fit: version } = await searchQuery(pageQuery, searchParams);
  const [fits, routing, settings, features, tags, currency] = await Promise.all([
    listFits(access, fitListQuery.parse({})),
    getRouting(access),
    getRoutingSettings(access),
    getFeatures(access),
    getClassifier(access),
    readCurrency(await pageAccess("judge:read", slug)),
  ]);
  const [newest] = fits.items;
  const fit =
    version === undefined
      ? newest
      : (fits.items.find((each) => each.version === version) ?? (await getFit(access, version).catch(notThere)));
  const t = await getTranslations("routing.page");
  const canManage = roleAllows(access.role, "routing:manage");
  return (
    <Page width="wide">
      <PageHeader title={t("title")} purpose={t("backtestPurpose")} />
      <RoutingTabs slug={slug} />
      {fit && newest ? (
        <FitParts
          {...{ slug, fit, routing, settings, currency, canManage }}
          fits={fits.items}
          newest={{ version: newest.version, verdict: newest.report.learned?.verdict.kind ?? null }}
        />
      ) : (
        <EmptyState icon={<Split />} title={t("noFit")}>
          {t("noFitWhy")}
        </EmptyState>
      )}
      {canManage ? <FitNow key={fits.runId} slug={slug} runId={fits.runId} hasFits={newest !== undefined} /> : null}
      <TextFeatures slug={slug} first={features} canManage={canManage} />
      <TagClassifier slug={slug} first={tags} canManage={canManage} />
      {canManage ? <SelfCareForm slug={slug} settings={settings} /> : null}
    </Page>
  );
}

function notThere(error: unknown): never {
  if (error instanceof AppError && error.code === "not_found") notFound();
  throw error;
}
