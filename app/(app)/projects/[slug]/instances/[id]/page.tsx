import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { z } from "zod";
import { pageAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { Badge } from "@/app/_components/ui/badge";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { ShortId } from "@/app/_components/ui/short-id";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { TabLinks } from "@/app/_components/ui/tabs";
import { roleAllows } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { renderShown } from "@/lib/images/render-shown";
import { getInstance } from "@/lib/instances/queries";
import { instanceParams, type InstanceResponse } from "@/lib/instances/schema";
import { readCurrency } from "@/lib/judges/form-facts";
import { listInstanceVerdicts } from "@/lib/judges/instance-verdicts";
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

export const metadata: Metadata = { title: "Instance" };

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
  const path = `/projects/${slug}/instances`;
  return (
    <Page width="wide">
      <PageHeader title={instance.outsideId} breadcrumb={[{ href: path, label: "Data" }]} />
      <div className="-mt-4 flex flex-wrap items-center gap-x-3 gap-y-2 text-muted-foreground">
        <StatusBadge status={instance.status} />
        {instance.assignments.some(({ flag }) => flag?.resolvedAt === null) ? <FlaggedBadge /> : null}
        <RouteBadge route={instance.route} />
        <Badge variant="outline">{instance.split}</Badge>
        <span className="tabular-nums">{wordPlaces(instance)}</span>
        <ShortId id={instance.id} label="instance id" />
      </div>
      <WhyRouted instance={instance} />
      <Tags slug={slug} instance={instance} />
      <Flags slug={slug} instance={instance} canResolve={roleAllows(access.role, "flag:resolve")} />
      <Suspense fallback={<Skeleton className="h-72 rounded-lg" />}>
        <Texts render={(text) => renderShown(access, text)} instance={instance} />
      </Suspense>
      <div className="grid grid-cols-1 gap-6">
        <TabLinks
          label="About this instance"
          items={[
            { href: `${path}/${id}`, label: "Labels" },
            { href: `${path}/${id}?tab=history`, label: "History" },
            { href: `${path}/${id}?tab=record`, label: "Record" },
          ]}
        />
        {tab === "labels" ? (
          <>
            <ConsensusList instance={instance} />
            <LabelTable slug={slug} instance={instance} />
            {roleAllows(access.role, "judge:read") ? (
              <Suspense fallback={<Skeleton className="h-40 rounded-lg" />}>
                <Verdicts slug={slug} instance={instance} />
              </Suspense>
            ) : null}
            <Rewards instance={instance} />
          </>
        ) : tab === "history" ? (
          <History instance={instance} />
        ) : (
          <RecordFacts instance={instance} />
        )}
      </div>
    </Page>
  );
}

/** Who is to label it, and by which decision. */
function WhyRouted({ instance: { routes } }: { instance: InstanceResponse }) {
  const [route] = routes;
  if (!route) return null;
  return (
    <p className="-mt-3 max-w-[90ch] text-[0.8125rem] text-muted-foreground">
      {route.reason}. The probability of this was {formatNumber(100 * route.propensity, 1)}&#x202f;%.
    </p>
  );
}

async function Verdicts({ slug, instance }: { slug: string; instance: InstanceResponse }) {
  const access = await pageAccess("judge:read", slug);
  const [verdicts, currency] = await Promise.all([listInstanceVerdicts(access, instance.id), readCurrency(access)]);
  return <VerdictList slug={slug} instance={instance} verdicts={verdicts} currency={currency} />;
}

function wordPlaces({ isLabelable, openSlots, assignments, route }: InstanceResponse): string {
  if (!isLabelable)
    return "Cannot be shown to annotators: a text is missing, or the questions need another number of completions.";
  if (route === "lm") return "labelled by AI only";
  const lent = assignments.filter(({ state }) => state === "leased").length;
  const open =
    openSlots === 0 ? "no label wanted any more" : `${openSlots} more ${openSlots === 1 ? "label" : "labels"} wanted`;
  return lent === 0 ? open : `${open}, with ${lent} ${lent === 1 ? "person" : "people"} now`;
}
