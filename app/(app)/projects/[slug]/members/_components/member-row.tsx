"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { refreshList } from "@/app/_components/list-query";
import { RoleOptions } from "@/app/_components/people/role-options";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { NativeSelect } from "@/app/_components/ui/select";
import { TD, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { MemberView } from "@/lib/auth/schema";

type MemberRowProps = {
  member: MemberView;
  /** The address of the list in the API. */
  path: `/api/v1/${string}`;
  isOneself: boolean;
  canManage: boolean;
};

export function MemberRow({ member, path, isOneself, canManage }: MemberRowProps) {
  return (
    <TR>
      <TD>
        <div className="flex min-w-44 flex-wrap items-center gap-x-2 gap-y-1 font-medium [overflow-wrap:anywhere]">
          {member.name}
          {isOneself ? <Badge variant="outline">You</Badge> : null}
          {member.isDisabled ? <Badge variant="rose">Disabled</Badge> : null}
        </div>
        <div className="text-[0.8125rem] [overflow-wrap:anywhere] text-muted-foreground">{member.email}</div>
      </TD>
      <TD>{canManage ? <RoleSelect member={member} path={path} isOneself={isOneself} /> : roleWord(member)}</TD>
      <TD>
        <RelativeTime value={member.joinedAt} />
      </TD>
      {canManage ? (
        <TD className="text-right">
          <RemoveButton member={member} path={path} isOneself={isOneself} />
        </TD>
      ) : null}
    </TR>
  );
}

function RoleSelect({ member, path, isOneself }: Omit<MemberRowProps, "canManage">) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (role: string) => api<MemberView>("PATCH", `${path}/${member.userId}`, { role }),
    onSuccess: async ({ name, role }) => {
      // One's own rights decide what the menu and this page show; an annotator may not see this page at all.
      if (isOneself) return role === "annotator" ? window.location.assign("/") : window.location.reload();
      toast.success(`${name} is now ${role}.`);
      await refreshList(client, path);
    },
    onError: (error) => toast.error(error.message),
  });
  return (
    <NativeSelect
      className="w-36"
      aria-label={`Role of ${member.name}`}
      value={change.isPending ? change.variables : member.role}
      disabled={change.isPending}
      onChange={(event) => change.mutate(event.target.value)}
    >
      <RoleOptions />
    </NativeSelect>
  );
}

function RemoveButton({ member, path, isOneself }: Omit<MemberRowProps, "canManage">) {
  const client = useQueryClient();
  async function remove() {
    await api("DELETE", `${path}/${member.userId}`);
    if (isOneself) return window.location.assign("/");
    toast.success(`${member.name} is no longer a member.`);
    await refreshList(client, path);
  }
  return (
    <ConfirmDialog
      trigger={
        <Button variant="ghost" size="sm" aria-label={`Remove ${member.name}`}>
          Remove
        </Button>
      }
      danger
      title={isOneself ? "Leave this project?" : `Remove ${member.name}?`}
      description={`${isOneself ? "You lose" : `${member.name} loses`} access at once. Instances on loan go back into the queue; submitted labels stay.`}
      confirmLabel={isOneself ? "Leave project" : "Remove member"}
      onConfirm={remove}
    />
  );
}

function roleWord({ role }: MemberView): string {
  return role.charAt(0).toUpperCase() + role.slice(1);
}
