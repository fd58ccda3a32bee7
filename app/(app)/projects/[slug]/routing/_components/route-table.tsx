import { Split } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import { Section } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { TabLinks } from "@/app/_components/ui/tabs";
import { RelativeTime } from "@/app/_components/ui/time";
import type { RouteList, RouteName } from "@/lib/routing/schema";
import { RouteBadge } from "../../instances/_components/instance-badges";
import { routeNames } from "./words";

type Query = { route?: RouteName; cursor?: string };
type RouteTableProps = { slug: string; routes: RouteList; query: Query };

/** Who got what and why, with the filter and the page in the address. */
export function RouteTable({ slug, routes, query }: RouteTableProps) {
  const t = useTranslations("routing.table");
  const tRoutes = useTranslations("routing.routes");
  const path = `/projects/${slug}/routing`;
  const isEmpty = routes.items.length === 0 && query.cursor === undefined;
  return (
    <Section title={t("title")} description={t("description")}>
      <TabLinks
        label={t("filter")}
        items={[
          { href: path, label: t("all") },
          ...routeNames.map((route) => ({ href: `${path}?route=${route}`, label: tRoutes(route) })),
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
  const t = useTranslations("routing.table");
  const { number } = useNumbers();
  return (
    <Table label={t("routes")} stickyHead={false} density="compact">
      <THead>
        <TR>
          <TH>{t("instance")}</TH>
          <TH>{t("route")}</TH>
          <TH>{t("why")}</TH>
          <TH numeric>{t("score")}</TH>
          <TH numeric>{t("probability")}</TH>
          <TH numeric>{t("policy")}</TH>
          <TH>{t("when")}</TH>
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
                {stage > 0 ? <span className="block text-xs text-muted-foreground">{t("afterJudge")}</span> : null}
              </TD>
              <TD className="min-w-72 text-muted-foreground">{reason}</TD>
              <TD numeric>{score === null ? "" : number(score, 5)}</TD>
              <TD numeric>{number(propensity, 3)}</TD>
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
  const t = useTranslations("routing.table");
  if (route !== undefined) return <p className="text-muted-foreground">{t("noneOf", { route })}</p>;
  return (
    <EmptyState
      icon={<Split />}
      title={t("none")}
      action={
        <Button asChild>
          <Link href={`/projects/${slug}/import`}>{t("import")}</Link>
        </Button>
      }
    >
      {t("noneWhy")}
    </EmptyState>
  );
}

function Paging({ path, query, nextCursor }: { path: string; query: Query; nextCursor: string | null }) {
  const t = useTranslations("routing.table");
  if (query.cursor === undefined && nextCursor === null) return null;
  const href = (cursor?: string) => {
    const search = new URLSearchParams({ ...(query.route && { route: query.route }), ...(cursor && { cursor }) });
    return search.size === 0 ? path : `${path}?${search}`;
  };
  return (
    <nav aria-label={t("pages")} className="flex justify-end gap-2">
      {query.cursor === undefined ? null : (
        <Button asChild>
          <Link href={href()} scroll={false}>
            {t("firstPage")}
          </Link>
        </Button>
      )}
      {nextCursor === null ? null : (
        <Button asChild>
          <Link href={href(nextCursor)} scroll={false}>
            {t("nextPage")}
          </Link>
        </Button>
      )}
    </nav>
  );
}
