"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { faultOf, FormAlert } from "@/app/_components/form-errors";
import { PasswordFields, readPassword } from "@/app/_components/people/account-fields";
import { signIn } from "@/app/_components/sign-in-client";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";

/** Changes one's own password and stays signed in here. */
export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations("people.account");
  const tFields = useTranslations("people.accountFields");
  const form = useRef<HTMLFormElement>(null);
  const change = useMutation({
    mutationFn: async (data: FormData) => {
      const newPassword = readPassword(data, "newPassword", tFields);
      await api("POST", "/api/v1/me/password", { currentPassword: data.get("currentPassword"), newPassword });
      // The change ended every session, this one too.
      await signIn({ email, password: newPassword });
    },
    onSuccess: () => {
      form.current?.reset();
      toast.success(t("passwordChanged"));
    },
  });
  return (
    <form
      ref={form}
      noValidate
      className="grid max-w-sm gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(new FormData(event.currentTarget));
      }}
    >
      <FormAlert error={change.error} fields={["currentPassword", "newPassword", "repeated"]} />
      {/* Tells password managers whose password this is. */}
      <input type="hidden" name="email" autoComplete="username" value={email} />
      <Field label={t("currentPassword")} error={faultOf(change.error, "currentPassword")}>
        <Input name="currentPassword" type="password" autoComplete="current-password" />
      </Field>
      <PasswordFields error={change.error} label={t("newPassword")} name="newPassword" />
      <Button type="submit" className="w-fit" pending={change.isPending}>
        {t("changePassword")}
      </Button>
    </form>
  );
}
