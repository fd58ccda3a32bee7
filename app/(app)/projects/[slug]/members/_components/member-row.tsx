"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
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
  const t = useTranslations("instances.members");
  return (
    <TR>
      <TD>
        <div className="flex min-w-44 flex-wrap items-center gap-x-2 gap-y-1 font-medium [overflow-wrap:anywhere]">
          {member.name}
          {isOneself ? <Badge variant="outline">{t("you")}</Badge> : null}
          {member.isDisabled ? <Badge variant="rose">{t("disabled")}</Badge> : null}
        </div>
        <div className="text-[0.8125rem] [overflow-wrap:anywhere] text-muted-foreground">{member.email}</div>
      </TD>
      <TD>
        {canManage ? <RoleSelect member={member} path={path} isOneself={isOneself} /> : t(`roles.${member.role}`)}
      </TD>
      <TD>
        <RelativeTime value={member.joinedAt} />
      </TD>
      {canManage ? (
        <TD className="text-end">
          <RemoveButton member={member} path={path} isOneself={isOneself} />
        </TD>
      ) : null}
    </TR>
  );
}

function RoleSelect({ member, path, isOneself }: Omit<MemberRowProps, "canManage">) {
  const t = useTranslations("instances.members");
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (role: string) => api<MemberView>("PATCH", `${path}/${member.userId}`, { role }),
    onSuccess: async ({ name, role }) => {
      // One's own rights decide what the menu and this page show; an annotator may not see this page at all.
      if (isOneself) return role === "annotator" ? window.location.assign("/") : window.location.reload();
      toast.success(t("isNow", { name, role }));
      await refreshList(client, path);
    },
    onError: (error) => toast.error(error.message),
  });
  return (
    <NativeSelect
      className="w-36"
      aria-label={t("roleOf", { name: member.name })}
      value={change.isPending ? change.variables : member.role}
      disabled={change.isPending}
      onChange={(event) => change.mutate(event.target.value)}
    >
      <RoleOptions />
    </NativeSelect>
  );
}

function RemoveButton({ member, path, isOneself }: Omit<MemberRowProps, "canManage">) {
  const t = useTranslations("instances.members");
  const client = useQueryClient();
  const { name } = member;
  async function remove() {
    await api("DELETE", `${path}/${member.userId}`);
    if (isOneself) return window.location.assign("/");
    toast.success(t("removed", { name }));
    await refreshList(client, path);
  }
  return (
    <ConfirmDialog
      trigger={
        <Button variant="ghost" size="sm" aria-label={t("removeThe", { name })}>
          {t("remove")}
        </Button>
      }
      danger
      title={isOneself ? t("leaveTitle") : t("removeTitle", { name })}
      description={isOneself ? t("leaveText") : t("removeText", { name })}
      confirmLabel={t(isOneself ? "leaveConfirm" : "removeConfirm")}
      onConfirm={remove}
    />
  );
}
