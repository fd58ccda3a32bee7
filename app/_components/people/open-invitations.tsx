"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import type { InvitationList, InvitationView } from "@/lib/auth/schema";
import { api } from "../api-client";
import { listQuery, refreshList } from "../list-query";
import { ShowMore } from "../show-more";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { Section } from "../ui/page";
import { Table, TBody, TD, TH, THead, TR } from "../ui/table";
import { RelativeTime } from "../ui/time";

type OpenInvitationsProps = {
  /** The list of invitations in the API. */
  path: `/api/v1/${string}`;
  firstPage: InvitationList;
};

/** The invitations that can still be accepted, with the means to revoke them. */
export function OpenInvitations({ path, firstPage }: OpenInvitationsProps) {
  const t = useTranslations("people.invitations");
  const invitations = useInfiniteQuery(listQuery<InvitationView>(path, firstPage));
  const items = invitations.data ?? [];
  return (
    <Section title={t("title")} description={t("text")}>
      {items.length === 0 ? (
        <p className="text-muted-foreground">{t("none")}</p>
      ) : (
        <Table label={t("title")} stickyHead={false}>
          <THead>
            <TR>
              <TH>{t("for")}</TH>
              <TH>{t("role")}</TH>
              <TH>{t("made")}</TH>
              <TH>{t("expires")}</TH>
              <TH>
                <span className="sr-only">{t("actions")}</span>
              </TH>
            </TR>
          </THead>
          <TBody>
            {items.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} path={path} />
            ))}
          </TBody>
        </Table>
      )}
      <ShowMore query={invitations} />
    </Section>
  );
}

function InvitationRow({ invitation, path }: { invitation: InvitationView; path: `/api/v1/${string}` }) {
  const t = useTranslations("people.invitations");
  const tRoles = useTranslations("people.roles");
  const client = useQueryClient();
  const target = invitation.email ?? t("anyone");
  return (
    <TR>
      <TD className="min-w-44 [overflow-wrap:anywhere]">{target}</TD>
      <TD className="whitespace-nowrap">{tRoles(invitation.role ?? "siteAdmin")}</TD>
      <TD>
        <RelativeTime value={invitation.createdAt} />
      </TD>
      <TD>
        <RelativeTime value={invitation.expiresAt} />
      </TD>
      <TD className="text-end">
        <ConfirmDialog
          trigger={
            <Button variant="ghost" size="sm" aria-label={t("revokeNamed", { name: target })}>
              {t("revoke")}
            </Button>
          }
          danger
          title={t("revokeTitle")}
          description={t("revokeText")}
          confirmLabel={t("revokeInvitation")}
          onConfirm={async () => {
            await api("DELETE", `${path}/${invitation.id}`);
            await refreshList(client, path);
          }}
        />
      </TD>
    </TR>
  );
}
