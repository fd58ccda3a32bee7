"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";

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
  const invitations = useInfiniteQuery(listQuery<InvitationView>(path, firstPage));
  const items = invitations.data ?? [];
  return (
    <Section title="Open invitations" description="Links that were made and not used yet.">
      {items.length === 0 ? (
        <p className="text-muted-foreground">There are none at the moment.</p>
      ) : (
        <Table label="Open invitations" stickyHead={false}>
          <THead>
            <TR>
              <TH>For</TH>
              <TH>Role</TH>
              <TH>Made</TH>
              <TH>Expires</TH>
              <TH>
                <span className="sr-only">Actions</span>
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
  const client = useQueryClient();
  const target = invitation.email ?? "Anyone with the link";
  return (
    <TR>
      <TD className="min-w-44 [overflow-wrap:anywhere]">{target}</TD>
      <TD className="whitespace-nowrap capitalize">{invitation.role ?? "site admin"}</TD>
      <TD>
        <RelativeTime value={invitation.createdAt} />
      </TD>
      <TD>
        <RelativeTime value={invitation.expiresAt} />
      </TD>
      <TD className="text-right">
        <ConfirmDialog
          trigger={
            <Button variant="ghost" size="sm" aria-label={`Revoke the invitation of ${target}`}>
              Revoke
            </Button>
          }
          danger
          title="Revoke this invitation?"
          description="Its link stops working at once. You can make a new one at any time."
          confirmLabel="Revoke invitation"
          onConfirm={async () => {
            await api("DELETE", `${path}/${invitation.id}`);
            await refreshList(client, path);
          }}
        />
      </TD>
    </TR>
  );
}
