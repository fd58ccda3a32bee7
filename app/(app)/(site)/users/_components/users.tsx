"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { listQuery } from "@/app/_components/list-query";
import { InviteDialog } from "@/app/_components/people/invite-dialog";
import { OpenInvitations } from "@/app/_components/people/open-invitations";
import { ShowMore } from "@/app/_components/show-more";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { Table, TBody, TH, THead, TR } from "@/app/_components/ui/table";
import type { InvitationList, UserList, UserView } from "@/lib/auth/schema";
import { UserRow } from "./user-row";

const usersPath = "/api/v1/users";
const invitationsPath = "/api/v1/invitations";

type UsersProps = { ownId: string; users: UserList; invitations: InvitationList };

/** All accounts of the site, and the open invitations of its admins. */
export function Users({ ownId, users: firstPage, invitations }: UsersProps) {
  const t = useTranslations("people.users");
  const users = useInfiniteQuery(listQuery<UserView>(usersPath, firstPage));
  return (
    <Page>
      <PageHeader title={t("title")} purpose={t("purpose")} actions={<InviteDialog path={invitationsPath} />} />
      <Table label={t("title")} stickyHead={false}>
        <THead>
          <TR>
            <TH>{t("user")}</TH>
            <TH>{t("rights")}</TH>
            <TH numeric>{t("projects")}</TH>
            <TH>{t("since")}</TH>
            <TH>
              <span className="sr-only">{t("actions")}</span>
            </TH>
          </TR>
        </THead>
        <TBody>
          {users.data?.map((user) => (
            <UserRow key={user.id} path={usersPath} user={user} isOneself={user.id === ownId} />
          ))}
        </TBody>
      </Table>
      <ShowMore query={users} />
      <OpenInvitations path={invitationsPath} firstPage={invitations} />
    </Page>
  );
}
