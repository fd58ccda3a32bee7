"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { api } from "@/app/_components/api-client";
import { FormAlert } from "@/app/_components/form-errors";
import { AccountFields, accountFieldNames, readAccount } from "@/app/_components/people/account-fields";
import { signIn } from "@/app/_components/sign-in-client";
import { Button } from "@/app/_components/ui/button";

/** Makes the first admin and signs them in. */
export function FirstRunForm({ token }: { token: string }) {
  const t = useTranslations("people.firstRun");
  const tFields = useTranslations("people.accountFields");
  const setUp = useMutation({
    mutationFn: async (form: FormData) => {
      const account = readAccount(form, tFields);
      await api("POST", "/api/v1/first-run", { token, ...account });
      await signIn(account);
    },
    onSuccess: () => window.location.assign("/projects"),
  });
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setUp.mutate(new FormData(event.currentTarget));
      }}
    >
      <p className="text-muted-foreground">{t("text")}</p>
      <FormAlert error={setUp.error} fields={accountFieldNames} />
      <AccountFields error={setUp.error} />
      <Button type="submit" variant="primary" pending={setUp.isPending || setUp.isSuccess}>
        {t("create")}
      </Button>
    </form>
  );
}
