"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";

import { api } from "@/app/_components/api-client";
import { FormAlert } from "@/app/_components/form-errors";
import { AccountFields, accountFieldNames, readAccount } from "@/app/_components/people/account-fields";
import { signIn } from "@/app/_components/sign-in-client";
import { Button } from "@/app/_components/ui/button";
import { projectHome } from "@/app/project-home";
import type { JoinedView } from "@/lib/auth/schema";

/** Accepts an invitation with a new account and signs in. */
export function AcceptForm({ token, email }: { token: string; email: string | null }) {
  const t = useTranslations("people.invitation");
  const tFields = useTranslations("people.accountFields");
  const accept = useMutation({
    mutationFn: async (form: FormData) => {
      const account = readAccount(form, tFields);
      const { project } = await api<JoinedView>("POST", "/api/v1/invitations/accept", { token, ...account });
      await signIn(account);
      return project;
    },
    onSuccess: (project) => window.location.assign(project ? projectHome(project) : "/"),
  });
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate(new FormData(event.currentTarget));
      }}
    >
      <FormAlert error={accept.error} fields={accountFieldNames} />
      <AccountFields error={accept.error} email={email} />
      <Button type="submit" variant="primary" pending={accept.isPending || accept.isSuccess}>
        {t("createAndJoin")}
      </Button>
      <p className="text-[0.8125rem] text-muted-foreground">
        {t("haveAccount")}{" "}
        <Link href={`/sign-in?next=${encodeURIComponent(`/invite/${token}`)}`} className="text-primary hover:underline">
          {t("signInToJoin")}
        </Link>
      </p>
    </form>
  );
}
