"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { listQuery, refreshList } from "@/app/_components/list-query";
import { InviteDialog } from "@/app/_components/people/invite-dialog";
import { OpenInvitations } from "@/app/_components/people/open-invitations";
import { ShowMore } from "@/app/_components/show-more";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { formatNumber } from "@/app/_components/ui/number";
import { Page, PageHeader } from "@/app/_components/ui/page";
import { Table, TBody, TD, TH, THead, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { InvitationList, UserList, UserView } from "@/lib/auth/schema";

const usersPath = "/api/v1/users";
const invitationsPath = "/api/v1/invitations";

type UsersProps = { ownId: string; users: UserList; invitations: InvitationList };

/** All accounts of the site, and the open invitations of its admins. */
export function Users({ ownId, users: firstPage, invitations }: UsersProps) {
  const users = useInfiniteQuery(listQuery<UserView>(usersPath, firstPage));
  return (
    <Page>
      <PageHeader
        title="Users"
        purpose="Everyone with an account on this site. Annotators and researchers are invited on the team page of a project."
        actions={<InviteDialog path={invitationsPath} />}
      />
      <Table label="Users" stickyHead={false}>
        <THead>
          <TR>
            <TH>User</TH>
            <TH>Rights</TH>
            <TH numeric>Projects</TH>
            <TH>Since</TH>
            <TH>
              <span className="sr-only">Actions</span>
            </TH>
          </TR>
        </THead>
        <TBody>
          {users.data?.map((user) => (
            <UserRow key={user.id} user={user} isOneself={user.id === ownId} />
          ))}
        </TBody>
      </Table>
      <ShowMore query={users} />
      <OpenInvitations path={invitationsPath} firstPage={invitations} />
    </Page>
  );
}

function UserRow({ user, isOneself }: { user: UserView; isOneself: boolean }) {
  return (
    <TR>
      <TD>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium [overflow-wrap:anywhere]">
          {user.name}
          {isOneself ? <Badge variant="outline">You</Badge> : null}
          {user.disabledAt ? <Badge variant="rose">Disabled</Badge> : null}
        </div>
        <div className="text-[0.8125rem] [overflow-wrap:anywhere] text-muted-foreground">{user.email}</div>
      </TD>
      <TD className="whitespace-nowrap">{user.isAdmin ? "Site admin" : "By project"}</TD>
      <TD numeric>{formatNumber(user.projectCount)}</TD>
      <TD>
        <RelativeTime value={user.createdAt} />
      </TD>
      <TD className="text-right">{isOneself ? null : <AccountSwitch user={user} />}</TD>
    </TR>
  );
}

function AccountSwitch({ user }: { user: UserView }) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (disabled: boolean) => api<UserView>("PATCH", `${usersPath}/${user.id}`, { disabled }),
    onSuccess: async ({ name, disabledAt }) => {
      toast.success(`The account of ${name} is ${disabledAt ? "disabled" : "enabled"}.`);
      await refreshList(client, usersPath);
    },
  });
  if (user.disabledAt) {
    return (
      <Button
        variant="ghost"
        size="sm"
        aria-label={`Enable ${user.name}`}
        pending={change.isPending}
        onClick={() => change.mutate(false, { onError: (error) => toast.error(error.message) })}
      >
        Enable
      </Button>
    );
  }
  return (
    <ConfirmDialog
      trigger={
        <Button variant="ghost" size="sm" aria-label={`Disable ${user.name}`}>
          Disable
        </Button>
      }
      danger
      title={`Disable the account of ${user.name}?`}
      description="Their sessions end and their API keys stop at once. Labels stay. You can enable the account again."
      confirmLabel="Disable account"
      onConfirm={async () => {
        await change.mutateAsync(true);
      }}
    />
  );
}
