"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { refreshList } from "@/app/_components/list-query";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { Dialog, DialogClose, DialogContent } from "@/app/_components/ui/dialog";
import { formatNumber } from "@/app/_components/ui/numbers";
import { TD, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import type { ResetPasswordView, UserView } from "@/lib/auth/schema";

type UserRowProps = {
  /** The list of users in the API. */
  path: `/api/v1/${string}`;
  user: UserView;
  isOneself: boolean;
};

export function UserRow({ path, user, isOneself }: UserRowProps) {
  return (
    <TR>
      <TD>
        <div className="flex min-w-44 flex-wrap items-center gap-x-2 gap-y-1 font-medium [overflow-wrap:anywhere]">
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
      <TD className="text-right whitespace-nowrap">
        {isOneself ? null : (
          <>
            <ResetPassword path={path} user={user} />
            <AccountSwitch path={path} user={user} />
          </>
        )}
      </TD>
    </TR>
  );
}

function AccountSwitch({ path, user }: Omit<UserRowProps, "isOneself">) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (disabled: boolean) => api<UserView>("PATCH", `${path}/${user.id}`, { disabled }),
    onSuccess: async ({ name, disabledAt }) => {
      toast.success(`The account of ${name} is ${disabledAt ? "disabled" : "enabled"}.`);
      await refreshList(client, path);
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

function ResetPassword({ path, user }: Omit<UserRowProps, "isOneself">) {
  const [made, setMade] = useState<ResetPasswordView | null>(null);
  return (
    <>
      <ConfirmDialog
        trigger={
          <Button variant="ghost" size="sm" aria-label={`Reset the password of ${user.name}`}>
            Reset password
          </Button>
        }
        danger
        title={`Reset the password of ${user.name}?`}
        description="Their password and API keys stop working and their sessions end at once. You get a new password to give to them."
        confirmLabel="Reset password"
        onConfirm={async () => setMade(await api<ResetPasswordView>("POST", `${path}/${user.id}/password`))}
      />
      <Dialog open={made !== null} onOpenChange={() => setMade(null)}>
        <DialogContent
          title={`The new password of ${user.name}`}
          description="It is shown this once. Give it to them; they can change it on their account page."
          footer={
            <DialogClose asChild>
              <Button variant="primary">Done</Button>
            </DialogClose>
          }
        >
          <CodeBlock code={made?.password ?? ""} label="password" />
        </DialogContent>
      </Dialog>
    </>
  );
}
