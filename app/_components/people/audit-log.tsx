import { ScrollText } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";

import type { AuditEventList, AuditEventView } from "@/lib/auth/schema";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Table, TBody, TD, TH, THead, TR } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { useNumbers } from "../ui/use-numbers";
import { wordFacts, wordTarget } from "./audit-words";

type AuditLogProps = {
  events: AuditEventList;
  /** The path of the page. */
  path: string;
  /** What the address narrows the list to. */
  filters: Record<string, string | undefined>;
  /** Whether this is a later page of the list. */
  isContinued: boolean;
  /** Names the project of each event, on the page of the whole site. */
  withProject?: boolean;
};

/** Events, newest first, with links through the pages of the list. */
export function AuditLog({ events, path, filters, isContinued, withProject }: AuditLogProps) {
  const t = useTranslations("people.audit");
  const linkTo = (cursor?: string) => {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries({ ...filters, cursor })) if (value) query.set(key, value);
    return query.size > 0 ? `${path}?${query.toString()}` : path;
  };
  if (events.items.length === 0) {
    return (
      <EmptyState
        icon={<ScrollText />}
        title={t(isContinued ? "nothingOlder" : "none")}
        action={
          isContinued || Object.values(filters).some(Boolean) ? (
            <Button asChild>
              <Link href={path}>{t("showAll")}</Link>
            </Button>
          ) : null
        }
      >
        {t("noneText")}
      </EmptyState>
    );
  }
  return (
    <>
      <Table label={t("events")} density="compact">
        <THead>
          <TR>
            <TH>{t("when")}</TH>
            <TH>{t("who")}</TH>
            <TH>{t("action")}</TH>
            <TH>{t("onWhat")}</TH>
            {withProject ? <TH>{t("project")}</TH> : null}
            <TH>{t("details")}</TH>
          </TR>
        </THead>
        <TBody>
          {events.items.map((event) => (
            <EventRow key={event.id} event={event} withProject={withProject} />
          ))}
        </TBody>
      </Table>
      <nav aria-label={t("pages")} className="flex flex-wrap gap-2">
        {isContinued ? (
          <Button asChild>
            <Link href={linkTo()}>{t("newest")}</Link>
          </Button>
        ) : null}
        {events.nextCursor ? (
          <Button asChild>
            <Link href={linkTo(events.nextCursor)}>{t("older")}</Link>
          </Button>
        ) : null}
      </nav>
    </>
  );
}

function EventRow({ event, withProject }: { event: AuditEventView; withProject?: boolean }) {
  const words = { t: useTranslations("people.audit"), tKinds: useTranslations("runs.kinds"), numbers: useNumbers() };
  return (
    <TR>
      <TD>
        <RelativeTime value={event.at} />
      </TD>
      <TD className="min-w-44 [overflow-wrap:anywhere]">{event.actor}</TD>
      <TD>
        <Badge>{words.t(`actions.${event.action}`)}</Badge>
      </TD>
      <TD className="min-w-44 [overflow-wrap:anywhere]">{wordTarget(event, words)}</TD>
      {withProject ? (
        <TD>
          {event.projectSlug ? (
            <Link href={`/projects/${event.projectSlug}`} className="hover:underline">
              {event.projectSlug}
            </Link>
          ) : null}
        </TD>
      ) : null}
      <TD className="min-w-56 text-[0.8125rem] [overflow-wrap:anywhere] text-muted-foreground">
        {wordFacts(event.detail, words)}
      </TD>
    </TR>
  );
}
