"use client";

import { useMutation } from "@tanstack/react-query";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";

import { api } from "@/app/_components/api-client";
import { FormAlert } from "@/app/_components/form-errors";
import { Button } from "@/app/_components/ui/button";
import { projectHome } from "@/app/project-home";
import type { JoinedView } from "@/lib/auth/schema";

type JoinButtonProps = {
  token: string;
  /** The address that is signed in. */
  own: string;
  label: string;
};

/** Accepts an invitation with the account that is signed in, or leaves it for another one. */
export function JoinButton({ token, own, label }: JoinButtonProps) {
  const t = useTranslations("people.invitation");
  const join = useMutation({
    mutationFn: () => api<JoinedView>("POST", "/api/v1/invitations/join", { token }),
    onSuccess: ({ project }) => window.location.assign(project ? projectHome(project) : "/"),
  });
  const leave = useMutation({ mutationFn: () => signOut({ callbackUrl: `/invite/${token}` }) });
  return (
    <div className="grid gap-4">
      <FormAlert error={join.error ?? leave.error} fields={[]} />
      <p>
        {t.rich("signedInAs", {
          email: own,
          address: (chunks) => <span className="font-medium [overflow-wrap:anywhere]">{chunks}</span>,
        })}
      </p>
      <Button variant="primary" pending={join.isPending || join.isSuccess} onClick={() => join.mutate()}>
        {label}
      </Button>
      <Button pending={leave.isPending} onClick={() => leave.mutate()}>
        {t("useAnother")}
      </Button>
    </div>
  );
}
