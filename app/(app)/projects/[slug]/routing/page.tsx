import { getTranslations } from "next-intl/server";
import { cache, Suspense } from "react";
import type { Metadata } from "next";
import { z } from "zod";
import { pageAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { roleAllows, type Access } from "@/lib/auth/access";
import { routeKinds } from "@/lib/instances/schema";
import { listJudges } from "@/lib/judges/queries";
import { readCurrency } from "@/lib/judges/form-facts";
import { getEstimates } from "@/lib/routing/estimates/get-estimates";
import { listFits } from "@/lib/routing/fits/queries";
import { policyKindNames } from "@/lib/routing/policy-kinds";
import { getRouting, listPolicies, listRoutes } from "@/lib/routing/queries";
import { policyListQuery } from "@/lib/routing/schema";
import { getRoutingSettings } from "@/lib/routing/settings/settings";
import { ChangePolicy } from "./_components/change-policy";
import { CurrentPolicy } from "./_components/current-policy";
import { Estimates, EstimatesAlarm } from "./_components/estimates";
import { Mix } from "./_components/mix";
import { Notices } from "./_components/notices";
import { PolicyHistory } from "./_components/policy-history";
import { RerouteProgress } from "./_components/reroute-progress";
import { RouteTable } from "./_components/route-table";
import { Scheduled } from "./_components/scheduled";
import { RoutingTabs } from "./_components/tabs";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("routing.page"))("title") };
}

const routesPerPage = 25;
const policiesAtFirst = 10;
/** Offered as the judges of a cascade. */
const mostJudges = 200;

const pageQuery = z.strictObject({
  route: z.enum(routeKinds).optional(),
  cursor: z.uuid().optional(),
  /** The kind of policy that the form begins with. */
  kind: z.enum(policyKindNames).optional(),
});

type RoutingPageProps = { params: Promise<{ slug: string }>; searchParams: SearchParams };

/** Who labels what in a project and why, and the means to change it. */
export default async function RoutingPage({ params, searchParams }: RoutingPageProps) {
  const { slug } = await params;
  const access = await pageAccess("routing:read", slug);
  const { kind, ...query } = await searchQuery(pageQuery, searchParams);
  const [routing, routes, policies, settings, currency] = await Promise.all([
    getRouting(access),
    listRoutes(access, { ...query, limit: routesPerPage }),
    listPolicies(access, policyListQuery.parse({ limit: policiesAtFirst })),
    getRoutingSettings(access),
    readCurrency(await pageAccess("judge:read", slug)),
  ]);
  const t = await getTranslations("routing.page");
  const canManage = roleAllows(access.role, "routing:manage");
  return (
    <Page>
      <PageHeader title={t("title")} purpose={t("purpose")} />
      <RoutingTabs slug={slug} />
      <Suspense fallback={null}>
        <LiveAlarm access={access} />
      </Suspense>
      <Notices slug={slug} routing={routing} canManage={canManage} />
      <CurrentPolicy current={routing.current} currency={currency} />
      <Scheduled slug={slug} settings={settings} canManage={canManage} />
      {routing.runId === null ? null : <RerouteProgress key={routing.runId} slug={slug} runId={routing.runId} />}
      <Mix progress={routing.progress} open={routing.open} />
      <Suspense fallback={<Skeleton className="h-40" />}>
        <LiveEstimates access={access} />
      </Suspense>
      {canManage ? (
        <ChangePolicy
          key={routing.current.version}
          {...{ slug, routing, settings, kind, currency }}
          {...await readChoices(slug)}
          today={new Date().toISOString().slice(0, 10)}
        />
      ) : null}
      <RouteTable slug={slug} routes={routes} query={query} />
      <PolicyHistory
        key={`history ${routing.current.version}`}
        {...{ slug, canManage }}
        firstPage={policies}
        current={routing.current.version}
      />
    </Page>
  );
}

/** Once a request. Among a million instances they take some seconds, for which the page does not wait. */
const readEstimates = cache(getEstimates);

async function LiveAlarm({ access }: { access: Access<"routing:read"> }) {
  return <EstimatesAlarm estimates={await readEstimates(access)} />;
}

async function LiveEstimates({ access }: { access: Access<"routing:read"> }) {
  return <Estimates estimates={await readEstimates(access)} />;
}

/** What the form of a policy offers: the newest fit and the judges. */
async function readChoices(slug: string) {
  const [fits, judges] = await Promise.all([
    listFits(await pageAccess("routing:read", slug), { limit: 1 }),
    listJudges(await pageAccess("judge:read", slug), { limit: mostJudges }),
  ]);
  const [newest] = fits.items;
  return {
    fit: newest ? { version: newest.version, verdict: newest.report.learned?.verdict.kind ?? null } : null,
    judges: judges.items.flatMap(({ id, name, kind }) => (kind === "lm" ? [{ id, name }] : [])),
  };
}
