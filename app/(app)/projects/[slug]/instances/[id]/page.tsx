import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { z } from "zod";
import { pageAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { Badge } from "@/app/_components/ui/badge";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { ShortId } from "@/app/_components/ui/short-id";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { TabLinks } from "@/app/_components/ui/tabs";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { Translate } from "@/app/i18n/translate";
import { roleAllows } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { renderShown } from "@/lib/images/render-shown";
import { getInstance } from "@/lib/instances/queries";
import { instanceParams, type InstanceResponse } from "@/lib/instances/schema";
import { readCurrency } from "@/lib/judges/form-facts";
import { listInstanceVerdicts } from "@/lib/judges/instance-verdicts";
import { readAsked } from "@/lib/projects/asked/read";
import type { Question } from "@/lib/projects/schema";
import { FlaggedBadge, RouteBadge, StatusBadge } from "../_components/instance-badges";
import { ConsensusList } from "./_components/consensus-list";
import { Flags } from "./_components/flags";
import { History } from "./_components/history";
import { LabelTable } from "./_components/label-table";
import { RecordFacts } from "./_components/record-facts";
import { Rewards } from "./_components/rewards";
import { Tags } from "./_components/tags";
import { Texts } from "./_components/texts";
import { VerdictList } from "./_components/verdict-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("instances.detail");
  return { title: t("title") };
}

const tabs = ["labels", "history", "record"] as const;
const tabQuery = z.object({ tab: z.enum(tabs).default("labels") });

type InstancePageProps = { params: Promise<{ slug: string; id: string }>; searchParams: SearchParams };

/** One instance: its texts, who labelled it and how, and everything else that is stored about it. */
export default async function InstancePage({ params, searchParams }: InstancePageProps) {
  const { slug, id } = await params;
  const access = await pageAccess("instance:read", slug);
  const { tab } = await searchQuery(tabQuery, searchParams);
  if (!instanceParams.safeParse({ id }).success) notFound();
  const instance = await getInstance(access, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  const asked = await readAsked(access, instance.labels);
  const t = await getTranslations("instances");
  const path = `/projects/${slug}/instances`;
  return (
    <Page width="wide">
      <PageHeader title={instance.outsideId} breadcrumb={[{ href: path, label: t("title") }]} />
      <div className="-mt-4 flex flex-wrap items-center gap-x-3 gap-y-2 text-muted-foreground">
        <StatusBadge status={instance.status} />
        {instance.assignments.some(({ flag }) => flag?.resolvedAt === null) ? <FlaggedBadge /> : null}
        <RouteBadge route={instance.route} />
        <Badge variant="outline">{t(`splits.${instance.split}`)}</Badge>
        <Places instance={instance} />
        <ShortId id={instance.id} label={t("detail.theId")} />
      </div>
      <WhyRouted instance={instance} />
      <Tags slug={slug} instance={instance} />
      <Flags slug={slug} instance={instance} canResolve={roleAllows(access.role, "flag:resolve")} />
      <Suspense fallback={<Skeleton className="h-72 rounded-lg" />}>
        <Texts render={(text) => renderShown(access, text)} instance={instance} />
      </Suspense>
      <div className="grid grid-cols-1 gap-6">
        <TabLinks
          label={t("detail.about")}
          items={[
            { href: `${path}/${id}`, label: t("detail.tabs.labels") },
            { href: `${path}/${id}?tab=history`, label: t("detail.tabs.history") },
            { href: `${path}/${id}?tab=record`, label: t("detail.tabs.record") },
          ]}
        />
        {tab === "labels" ? (
          <>
            <ConsensusList instance={instance} questions={asked.now} />
            <LabelTable slug={slug} instance={instance} asked={asked} />
            {roleAllows(access.role, "judge:read") ? (
              <Suspense fallback={<Skeleton className="h-40 rounded-lg" />}>
                <Verdicts slug={slug} instance={instance} questions={asked.now} />
              </Suspense>
            ) : null}
            <Rewards instance={instance} />
          </>
        ) : tab === "history" ? (
          <History instance={instance} asked={asked} />
        ) : (
          <RecordFacts instance={instance} />
        )}
      </div>
    </Page>
  );
}

/** Who is to label it, and by which decision. */
function WhyRouted({ instance: { routes } }: { instance: InstanceResponse }) {
  const t = useTranslations("instances.detail");
  const { number } = useNumbers();
  const [route] = routes;
  if (!route) return null;
  return (
    <p className="-mt-3 max-w-[90ch] text-[0.8125rem] text-muted-foreground">
      {t("whyRouted", { reason: route.reason, probability: `${number(100 * route.propensity, 1)}\u202f%` })}
    </p>
  );
}

type VerdictsProps = { slug: string; instance: InstanceResponse; questions: readonly Question[] };

async function Verdicts({ slug, instance, questions }: VerdictsProps) {
  const access = await pageAccess("judge:read", slug);
  const [verdicts, currency] = await Promise.all([listInstanceVerdicts(access, instance.id), readCurrency(access)]);
  return <VerdictList {...{ slug, instance, verdicts, questions, currency }} />;
}

function Places({ instance }: { instance: InstanceResponse }) {
  const t = useTranslations("instances.detail");
  return <span className="tabular-nums">{wordPlaces(instance, t)}</span>;
}

function wordPlaces(
  { isLabelable, openSlots, assignments, route }: InstanceResponse,
  t: Translate<"instances.detail">,
): string {
  if (!isLabelable) return t("notShown");
  if (route === "lm") return t("byAiOnly");
  const lent = assignments.filter(({ state }) => state === "leased").length;
  const open = openSlots === 0 ? t("noneWanted") : t("wanted", { count: openSlots });
  return lent === 0 ? open : t("withPeople", { open, count: lent });
}
