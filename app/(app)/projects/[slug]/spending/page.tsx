import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { pageAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { Button } from "@/app/_components/ui/button";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { roleAllows } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { listJudges } from "@/lib/judges/queries";
import { spendingQuery } from "@/lib/ledger/schema";
import { getSpending } from "@/lib/ledger/spending";
import { Caps } from "./_components/caps";
import { DayChart } from "./_components/day-chart";
import { PeriodForm } from "./_components/period-form";
import { PricesForm } from "./_components/prices-form";
import { JudgeCosts, PeopleCosts, Shares } from "./_components/tables";
import { Totals } from "./_components/totals";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("spending.page"))("title") };
}

/** Offered in the choice of whose cap to set. */
const mostJudges = 200;

type SpendingPageProps = { params: Promise<{ slug: string }>; searchParams: SearchParams };

/** Where the money of a project went, and how far it may go. */
export default async function SpendingPage({ params, searchParams }: SpendingPageProps) {
  const { slug } = await params;
  const access = await pageAccess("spending:read", slug);
  const query = await searchQuery(spendingQuery, searchParams);
  const spending = await getSpending(access, query).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "invalid") notFound();
    throw error;
  });
  const canManage = roleAllows(access.role, "spending:manage");
  const judges = canManage ? (await listJudges(await pageAccess("judge:read", slug), { limit: mostJudges })).items : [];
  const { from, to, prices } = spending;
  const t = await getTranslations("spending.page");
  return (
    <Page>
      <PageHeader
        title={t("title")}
        purpose={t("purpose")}
        actions={
          <Button asChild>
            <a href={`/api/v1/projects/${slug}/spending/ledger?from=${from}&to=${to}`} download>
              {t("download")}
            </a>
          </Button>
        }
      />
      <PeriodForm from={from} to={to} />
      <Totals spending={spending} />
      <DayChart spending={spending} />
      <Caps
        slug={slug}
        caps={spending.caps}
        currency={prices.currency}
        judges={judges.flatMap(({ id, name, kind }) => (kind === "lm" ? [{ id, name }] : []))}
        canManage={canManage}
      />
      <JudgeCosts spending={spending} />
      <PeopleCosts spending={spending} />
      <Shares spending={spending} />
      {canManage ? <PricesForm slug={slug} prices={prices} /> : null}
    </Page>
  );
}
