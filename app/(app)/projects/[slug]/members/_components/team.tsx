"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";

import { listQuery } from "@/app/_components/list-query";
import { InviteDialog } from "@/app/_components/people/invite-dialog";
import { OpenInvitations } from "@/app/_components/people/open-invitations";
import { ShowMore } from "@/app/_components/show-more";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { Table, TBody, TH, THead, TR } from "@/app/_components/ui/table";
import type { InvitationList, MemberList, MemberView } from "@/lib/auth/schema";
import { MemberRow } from "./member-row";

type TeamProps = {
  slug: string;
  ownId: string;
  members: MemberList;
  /** Null for a viewer who may not manage members. */
  invitations: InvitationList | null;
};

/** Who works in a project, in which role, and who is invited. */
export function Team({ slug, ownId, members: firstPage, invitations }: TeamProps) {
  const membersPath = `/api/v1/projects/${slug}/members` as const;
  const invitationsPath = `/api/v1/projects/${slug}/invitations` as const;
  const members = useInfiniteQuery(listQuery<MemberView>(membersPath, firstPage));
  const canManage = invitations !== null;
  const items = members.data ?? [];
  return (
    <Page>
      <PageHeader
        title="Team"
        purpose="Who works in this project, and in which role. Admins of the site have every right here without being listed."
        actions={canManage ? <InviteDialog path={invitationsPath} withRole /> : null}
      />
      {items.length === 0 ? (
        <EmptyState icon={<Users />} title="Nobody is a member yet">
          {canManage ? "Invite annotators and researchers with a link." : "Members appear here once they are invited."}
        </EmptyState>
      ) : (
        <Table label="Members" stickyHead={false}>
          <THead>
            <TR>
              <TH>Member</TH>
              <TH>Role</TH>
              <TH>Joined</TH>
              {canManage ? (
                <TH>
                  <span className="sr-only">Actions</span>
                </TH>
              ) : null}
            </TR>
          </THead>
          <TBody>
            {items.map((member) => (
              <MemberRow
                key={member.userId}
                member={member}
                path={membersPath}
                isOneself={member.userId === ownId}
                canManage={canManage}
              />
            ))}
          </TBody>
        </Table>
      )}
      <ShowMore query={members} />
      {canManage ? <OpenInvitations path={invitationsPath} firstPage={invitations} /> : null}
    </Page>
  );
}
