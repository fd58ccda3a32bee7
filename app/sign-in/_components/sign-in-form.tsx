"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";

import { FormAlert } from "@/app/_components/form-errors";
import { signIn } from "@/app/_components/sign-in-client";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";

/** Address and password; leads on to `next`. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations("people.signIn");
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      signIn({ email: String(form.get("email")), password: String(form.get("password")) }),
    // A full load: nothing of somebody who was signed in before may stay in memory.
    onSuccess: () => window.location.assign(next),
  });
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        attempt.mutate(new FormData(event.currentTarget));
      }}
    >
      <FormAlert error={attempt.error} fields={[]} />
      <Field label={t("email")}>
        <Input name="email" type="email" autoComplete="username" autoFocus autoCapitalize="none" spellCheck={false} />
      </Field>
      <Field label={t("password")}>
        <Input name="password" type="password" autoComplete="current-password" />
      </Field>
      <Button type="submit" variant="primary" pending={attempt.isPending || attempt.isSuccess}>
        {t("signIn")}
      </Button>
      <p className="text-[0.8125rem] text-muted-foreground">{t("noAccount")}</p>
    </form>
  );
}
