import type { Metadata } from "next";
import { z } from "zod";
import { pageAccess } from "@/app/(app)/page-access";
import { searchQuery, type SearchParams } from "@/app/(app)/search-query";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { roleAllows } from "@/lib/auth/access";
import { routeKinds } from "@/lib/instances/schema";
import { policyKindNames } from "@/lib/routing/policy-kinds";
import { getRouting, listPolicies, listRoutes } from "@/lib/routing/queries";
import { policyListQuery } from "@/lib/routing/schema";
import { routingSettings } from "@/lib/routing/settings/schema";
import { ChangePolicy } from "./_components/change-policy";
import { CurrentPolicy } from "./_components/current-policy";
import { Mix } from "./_components/mix";
import { Notices } from "./_components/notices";
import { PolicyHistory } from "./_components/policy-history";
import { RerouteProgress } from "./_components/reroute-progress";
import { RouteTable } from "./_components/route-table";

export const metadata: Metadata = { title: "Routing" };

const routesPerPage = 25;
const policiesAtFirst = 10;

const pageQuery = z.strictObject({
  route: z.enum(routeKinds).optional(),
  cursor: z.uuid().optional(),
  kind: z.enum(policyKindNames).optional(),
});

type RoutingPageProps = { params: Promise<{ slug: string }>; searchParams: SearchParams };

/** Who labels what in a project and why, and the means to change it. */
export default async function RoutingPage({ params, searchParams }: RoutingPageProps) {
  const { slug } = await params;
  const access = await pageAccess("routing:read", slug);
  const { kind, ...query } = await searchQuery(pageQuery, searchParams);
  const [routing, routes, policies] = await Promise.all([
    getRouting(access),
    listRoutes(access, { ...query, limit: routesPerPage }),
    listPolicies(access, policyListQuery.parse({ limit: policiesAtFirst })),
  ]);
  const settings = routingSettings.parse({});
  const judges: { id: string; name: string }[] = [];
  const canManage = roleAllows(access.role, "routing:manage");
  return (
    <Page>
      <PageHeader
        title="Routing"
        purpose="Who labels an instance: people, AI or both. The policy decides it at import, and again for what nobody has labelled when the policy changes."
      />
      <Notices slug={slug} routing={routing} canManage={canManage} />
      <CurrentPolicy current={routing.current} />
      {routing.runId === null ? null : <RerouteProgress key={routing.runId} slug={slug} runId={routing.runId} />}
      <Mix progress={routing.progress} open={routing.open} />
      {canManage ? (
        <ChangePolicy
          key={routing.current.version}
          {...{ slug, routing, kind, judges, settings }}
          fit={null}
          currency="EUR"
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
