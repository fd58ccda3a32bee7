"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { refreshList } from "@/app/_components/list-query";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { ConfirmDialog } from "@/app/_components/ui/confirm-dialog";
import { Dialog, DialogClose, DialogContent } from "@/app/_components/ui/dialog";
import { TD, TR } from "@/app/_components/ui/table";
import { RelativeTime } from "@/app/_components/ui/time";
import { useNumbers } from "@/app/_components/ui/use-numbers";
import type { ResetPasswordView, UserView } from "@/lib/auth/schema";

type UserRowProps = {
  /** The list of users in the API. */
  path: `/api/v1/${string}`;
  user: UserView;
  isOneself: boolean;
};

export function UserRow({ path, user, isOneself }: UserRowProps) {
  const t = useTranslations("people.users");
  const numbers = useNumbers();
  return (
    <TR>
      <TD>
        <div className="flex min-w-44 flex-wrap items-center gap-x-2 gap-y-1 font-medium [overflow-wrap:anywhere]">
          {user.name}
          {isOneself ? <Badge variant="outline">{t("you")}</Badge> : null}
          {user.disabledAt ? <Badge variant="rose">{t("disabled")}</Badge> : null}
        </div>
        <div className="text-[0.8125rem] [overflow-wrap:anywhere] text-muted-foreground">{user.email}</div>
      </TD>
      <TD className="whitespace-nowrap">{t(user.isAdmin ? "siteAdmin" : "byProject")}</TD>
      <TD numeric>{numbers.number(user.projectCount)}</TD>
      <TD>
        <RelativeTime value={user.createdAt} />
      </TD>
      <TD className="text-end whitespace-nowrap">
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
  const t = useTranslations("people.users");
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (disabled: boolean) => api<UserView>("PATCH", `${path}/${user.id}`, { disabled }),
    onSuccess: async ({ name, disabledAt }) => {
      toast.success(t(disabledAt ? "isDisabled" : "isEnabled", { name }));
      await refreshList(client, path);
    },
  });
  if (user.disabledAt) {
    return (
      <Button
        variant="ghost"
        size="sm"
        aria-label={t("enableNamed", { name: user.name })}
        pending={change.isPending}
        onClick={() => change.mutate(false, { onError: (error) => toast.error(error.message) })}
      >
        {t("enable")}
      </Button>
    );
  }
  return (
    <ConfirmDialog
      trigger={
        <Button variant="ghost" size="sm" aria-label={t("disableNamed", { name: user.name })}>
          {t("disable")}
        </Button>
      }
      danger
      title={t("disableTitle", { name: user.name })}
      description={t("disableText")}
      confirmLabel={t("disableAccount")}
      onConfirm={async () => {
        await change.mutateAsync(true);
      }}
    />
  );
}

function ResetPassword({ path, user }: Omit<UserRowProps, "isOneself">) {
  const t = useTranslations("people.users");
  const [made, setMade] = useState<ResetPasswordView | null>(null);
  return (
    <>
      <ConfirmDialog
        trigger={
          <Button variant="ghost" size="sm" aria-label={t("resetNamed", { name: user.name })}>
            {t("reset")}
          </Button>
        }
        danger
        title={t("resetTitle", { name: user.name })}
        description={t("resetText")}
        confirmLabel={t("reset")}
        onConfirm={async () => setMade(await api<ResetPasswordView>("POST", `${path}/${user.id}/password`))}
      />
      <Dialog open={made !== null} onOpenChange={() => setMade(null)}>
        <DialogContent
          title={t("newPassword", { name: user.name })}
          description={t("newPasswordText")}
          footer={
            <DialogClose asChild>
              <Button variant="primary">{t("done")}</Button>
            </DialogClose>
          }
        >
          <CodeBlock code={made?.password ?? ""} label={t("password")} />
        </DialogContent>
      </Dialog>
    </>
  );
}
