import { Split } from "lucide-react";
import Link from "next/link";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatNumber } from "@/app/_components/ui/numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { TabLinks } from "@/app/_components/ui/tabs";
import { RelativeTime } from "@/app/_components/ui/time";
import type { RouteList, RouteName } from "@/lib/routing/schema";
import { RouteBadge } from "../../instances/_components/instance-badges";
import { routeLooks } from "./words";

type Query = { route?: RouteName; cursor?: string };
type RouteTableProps = { slug: string; routes: RouteList; query: Query };

const names = Object.keys(routeLooks) as RouteName[];

/** Who got what and why, with the filter and the page in the address. */
export function RouteTable({ slug, routes, query }: RouteTableProps) {
  const path = `/projects/${slug}/routing`;
  const isEmpty = routes.items.length === 0 && query.cursor === undefined;
  return (
    <Section
      title="Who got what, and why"
      description="The decision that counts for each instance, in order of import."
    >
      <TabLinks
        label="Filter by route"
        items={[
          { href: path, label: "All" },
          ...names.map((route) => ({ href: `${path}?route=${route}`, label: routeLooks[route].label })),
        ]}
      />
      {isEmpty ? (
        <NoRoutes slug={slug} route={query.route} />
      ) : (
        <>
          <Routes slug={slug} routes={routes} />
          <Paging path={path} query={query} nextCursor={routes.nextCursor} />
        </>
      )}
    </Section>
  );
}

function Routes({ slug, routes }: { slug: string; routes: RouteList }) {
  return (
    <Table label="Routes" stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>Instance</TH>
          <TH>Route</TH>
          <TH>Why</TH>
          <TH numeric>Score</TH>
          <TH numeric>Probability</TH>
          <TH numeric>Policy</TH>
          <TH>When</TH>
        </TR>
      </THead>
      <TBody>
        {routes.items.map(
          ({ instanceId, outsideId, route, reason, score, propensity, policyVersion, stage, createdAt }) => (
            <TR key={instanceId}>
              <TD className="max-w-56 truncate">
                <Link href={`/projects/${slug}/instances/${instanceId}`} className="font-mono text-xs hover:underline">
                  {outsideId}
                </Link>
              </TD>
              <TD>
                <RouteBadge route={route} />
                {stage > 0 ? <span className="block text-xs text-muted-foreground">after a judge</span> : null}
              </TD>
              <TD className="min-w-72 text-muted-foreground">{reason}</TD>
              <TD numeric>{score === null ? "" : formatNumber(score, 5)}</TD>
              <TD numeric>{formatNumber(propensity, 3)}</TD>
              <TD numeric>{policyVersion}</TD>
              <TD>
                <RelativeTime value={createdAt} className="text-muted-foreground" />
              </TD>
            </TR>
          ),
        )}
      </TBody>
    </Table>
  );
}

function NoRoutes({ slug, route }: { slug: string; route: RouteName | undefined }) {
  if (route !== undefined)
    return <p className="text-muted-foreground">No instance goes to {routeLooks[route].to} now.</p>;
  return (
    <EmptyState
      icon={<Split />}
      title="Nothing is routed yet"
      action={
        <Button asChild>
          <Link href={`/projects/${slug}/import`}>Import instances</Link>
        </Button>
      }
    >
      The policy gives every instance its route when it is imported, with the reason and the probability of it.
    </EmptyState>
  );
}

function Paging({ path, query, nextCursor }: { path: string; query: Query; nextCursor: string | null }) {
  if (query.cursor === undefined && nextCursor === null) return null;
  const href = (cursor?: string) => {
    const search = new URLSearchParams({ ...(query.route && { route: query.route }), ...(cursor && { cursor }) });
    return search.size === 0 ? path : `${path}?${search}`;
  };
  return (
    <nav aria-label="Pages" className="flex justify-end gap-2">
      {query.cursor === undefined ? null : (
        <Button asChild>
          <Link href={href()} scroll={false}>
            First page
          </Link>
        </Button>
      )}
      {nextCursor === null ? null : (
        <Button asChild>
          <Link href={href(nextCursor)} scroll={false}>
            Next page
          </Link>
        </Button>
      )}
    </nav>
  );
}
