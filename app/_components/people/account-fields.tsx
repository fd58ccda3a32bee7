"use client";

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
  return (
    <>
      <Field label="Name" hint="As the other members see it." error={faultOf(error, "name")}>
        <Input name="name" autoComplete="name" autoFocus />
      </Field>
      <Field label="E-mail address" error={faultOf(error, "email")}>
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
      <PasswordFields error={error} label="Password" name="password" />
    </>
  );
}

/** A new password, typed twice. */
export function PasswordFields({ error, label, name }: { error: Error | null; label: string; name: string }) {
  const fault = faultOf(error, name);
  return (
    <>
      <Field label={label} hint={fault ? undefined : "At least 12 characters."} error={fault}>
        <Input name={name} type="password" autoComplete="new-password" />
      </Field>
      <Field label={`${label} again`} error={faultOf(error, "repeated")}>
        <Input name="repeated" type="password" autoComplete="new-password" />
      </Field>
    </>
  );
}

/** The values of a form with AccountFields. Throws when the passwords differ. */
export function readAccount(form: FormData): { name: string; email: string; password: string } {
  return { name: String(form.get("name")), email: String(form.get("email")), password: readPassword(form, "password") };
}

/** The value of PasswordFields. Throws when the two differ. */
export function readPassword(form: FormData, name: string): string {
  const password = String(form.get(name));
  if (password === form.get("repeated")) return password;
  throw new ApiError({
    code: "invalid",
    status: 422,
    message: "The two passwords differ.",
    faults: [{ path: "repeated", message: "is not the same as the password above" }],
  });
}
