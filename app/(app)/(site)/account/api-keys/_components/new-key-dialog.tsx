"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";

import { api } from "@/app/_components/api-client";
import { faultOf, FormAlert } from "@/app/_components/form-errors";
import { refreshList } from "@/app/_components/list-query";
import { Alert } from "@/app/_components/ui/alert";
import { Button } from "@/app/_components/ui/button";
import { CodeBlock } from "@/app/_components/ui/code-block";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/app/_components/ui/dialog";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { NativeSelect } from "@/app/_components/ui/select";
import type { NewApiKeyView } from "@/lib/auth/schema";

const keysPath = "/api/v1/api-keys";

/** The button "New API key" with its dialog, which shows the key once. */
export function NewKeyDialog() {
  const t = useTranslations("people.apiKeys");
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">{t("newKey")}</Button>
      </DialogTrigger>
      {open ? <NewKey /> : null}
    </Dialog>
  );
}

function NewKey() {
  const t = useTranslations("people.apiKeys");
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: (form: FormData) => {
      const days = form.get("days");
      return api<NewApiKeyView>("POST", keysPath, {
        name: form.get("name"),
        days: days === "never" ? null : Number(days),
      });
    },
    onSuccess: () => refreshList(client, keysPath),
  });
  if (create.data) return <MadeKey made={create.data} />;
  return (
    <DialogContent
      title={t("newKey")}
      description={t("newKeyText")}
      footer={
        <>
          <DialogClose asChild>
            <Button>{t("cancel")}</Button>
          </DialogClose>
          <Button type="submit" form="new-key" variant="primary" pending={create.isPending}>
            {t("createKey")}
          </Button>
        </>
      }
    >
      <form
        id="new-key"
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(new FormData(event.currentTarget));
        }}
      >
        <FormAlert error={create.error} fields={["name"]} />
        <Field label={t("name")} hint={t("nameHint")} error={faultOf(create.error, "name")}>
          <Input name="name" autoComplete="off" />
        </Field>
        <Field label={t("expiry")}>
          <NativeSelect name="days" defaultValue="90">
            <option value="30">{t("inDays", { days: 30 })}</option>
            <option value="90">{t("inDays", { days: 90 })}</option>
            <option value="365">{t("inYear")}</option>
            <option value="never">{t("never")}</option>
          </NativeSelect>
        </Field>
      </form>
    </DialogContent>
  );
}

function MadeKey({ made: { apiKey, key } }: { made: NewApiKeyView }) {
  const t = useTranslations("people.apiKeys");
  const example = `curl -H "Authorization: Bearer ${key}" ${window.location.origin}/api/v1/me`;
  return (
    <DialogContent
      title={t("madeKey", { name: apiKey.name })}
      footer={
        <DialogClose asChild>
          <Button variant="primary">{t("done")}</Button>
        </DialogClose>
      }
    >
      <div className="grid gap-4">
        <Alert tone="warning" title={t("copyNow")}>
          {t("copyNowText")}
        </Alert>
        <CodeBlock code={key} label={t("apiKey")} />
        <div className="grid gap-1.5">
          <p className="text-[0.8125rem] text-muted-foreground">{t("tryIt")}</p>
          <CodeBlock code={example} label={t("example")} />
        </div>
      </div>
    </DialogContent>
  );
}
