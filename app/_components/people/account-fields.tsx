"use client";

import { useTranslations } from "next-intl";
import type { Translate } from "@/app/i18n/translate";

import { ApiError } from "../api-client";
import { faultOf } from "../form-errors";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

export const accountFieldNames = ["name", "email", "password", "repeated"];

type AccountFieldsProps = {
  error: Error | null;
  /** When set, the only address that will do. */
  email?: string | null;
};

/** What a new person tells about themselves; `readAccount` reads it back. */
export function AccountFields({ error, email }: AccountFieldsProps) {
  const t = useTranslations("people.accountFields");
  return (
    <>
      <Field label={t("name")} hint={t("nameHint")} error={faultOf(error, "name")}>
        <Input name="name" autoComplete="name" autoFocus />
      </Field>
      <Field label={t("email")} error={faultOf(error, "email")}>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          readOnly={Boolean(email)}
          defaultValue={email ?? ""}
        />
      </Field>
      <PasswordFields error={error} label={t("password")} name="password" />
    </>
  );
}

/** A new password, typed twice. */
export function PasswordFields({ error, label, name }: { error: Error | null; label: string; name: string }) {
  const t = useTranslations("people.accountFields");
  const fault = faultOf(error, name);
  return (
    <>
      <Field label={label} hint={fault ? undefined : t("passwordHint")} error={fault}>
        <Input name={name} type="password" autoComplete="new-password" />
      </Field>
      <Field label={t("again", { label })} error={faultOf(error, "repeated")}>
        <Input name="repeated" type="password" autoComplete="new-password" />
      </Field>
    </>
  );
}

/** The values of a form with AccountFields. Throws when the passwords differ. */
export function readAccount(
  form: FormData,
  t: Translate<"people.accountFields">,
): { name: string; email: string; password: string } {
  return {
    name: String(form.get("name")),
    email: String(form.get("email")),
    password: readPassword(form, "password", t),
  };
}

/** The value of PasswordFields. Throws when the two differ. */
export function readPassword(form: FormData, name: string, t: Translate<"people.accountFields">): string {
  const password = String(form.get(name));
  if (password === form.get("repeated")) return password;
  throw new ApiError({
    code: "invalid",
    status: 422,
    message: t("differ"),
    faults: [{ path: "repeated", message: t("differFault") }],
  });
}
