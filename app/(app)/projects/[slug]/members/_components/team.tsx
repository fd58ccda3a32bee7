"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useTranslations } from "next-intl";

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
  const t = useTranslations("instances.members");
  const membersPath = `/api/v1/projects/${slug}/members` as const;
  const invitationsPath = `/api/v1/projects/${slug}/invitations` as const;
  const members = useInfiniteQuery(listQuery<MemberView>(membersPath, firstPage));
  const canManage = invitations !== null;
  const items = members.data ?? [];
  return (
    <Page>
      <PageHeader
        title={t("title")}
        purpose={t("purpose")}
        actions={canManage ? <InviteDialog path={invitationsPath} withRole /> : null}
      />
      {items.length === 0 ? (
        <EmptyState icon={<Users />} title={t("none")}>
          {t(canManage ? "inviteText" : "waitText")}
        </EmptyState>
      ) : (
        <Table label={t("members")} stickyHead={false}>
          <THead>
            <TR>
              <TH>{t("member")}</TH>
              <TH>{t("role")}</TH>
              <TH>{t("joined")}</TH>
              {canManage ? (
                <TH>
                  <span className="sr-only">{t("actions")}</span>
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
