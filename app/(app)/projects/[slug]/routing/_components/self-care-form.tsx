"use client";

import { useTranslations } from "next-intl";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { faultOf, FormAlert } from "@/app/_components/form-errors";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Section } from "@/app/_components/ui/page";
import { Switch } from "@/app/_components/ui/switch";
import type { RoutingSettings } from "@/lib/routing/settings/schema";

type Values = { cron: string; everyLabels: string } & Pick<RoutingSettings, "appliesRefits" | "fallsBack"> &
  Pick<RoutingSettings["refit"], "onChange">;

/** When fits are made anew, whether policies go by them, and what happens when AI's labels get worse. */
export function SelfCareForm({ slug, settings }: { slug: string; settings: RoutingSettings }) {
  const t = useTranslations("routing.selfCare");
  const router = useRouter();
  const [values, setValues] = useState(() => valuesOf(settings));
  const change = (changed: Partial<Values>) => setValues({ ...values, ...changed });
  const save = useMutation({
    mutationFn: () =>
      api<RoutingSettings>("PUT", `/api/v1/projects/${slug}/routing/settings`, { ...settings, ...settingsOf(values) }),
    onSuccess: () => {
      toast.success(t("saved"));
      router.refresh();
    },
  });
  const isSaved = JSON.stringify(valuesOf(settings)) === JSON.stringify(values);
  return (
    <Section title={t("title")} description={t("description")}>
      <form
        noValidate
        className="grid gap-4 rounded-lg border p-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
          <Field label={t("cron")} hint={t("cronHint")} error={faultOf(save.error, "cron")}>
            <Input
              className="font-mono"
              autoComplete="off"
              value={values.cron}
              onChange={({ target }) => change({ cron: target.value })}
            />
          </Field>
          <Field label={t("everyLabels")} hint={t("everyLabelsHint")} error={faultOf(save.error, "refit.everyLabels")}>
            <Input
              inputMode="numeric"
              autoComplete="off"
              value={values.everyLabels}
              onChange={({ target }) => change({ everyLabels: target.value })}
            />
          </Field>
        </div>
        <Switch
          label={t("onChange")}
          hint={t("onChangeHint")}
          checked={values.onChange}
          onChange={({ target }) => change({ onChange: target.checked })}
        />
        <Switch
          label={t("appliesRefits")}
          hint={t("appliesRefitsHint")}
          checked={values.appliesRefits}
          onChange={({ target }) => change({ appliesRefits: target.checked })}
        />
        <Switch
          label={t("fallsBack")}
          hint={t("fallsBackHint")}
          checked={values.fallsBack}
          onChange={({ target }) => change({ fallsBack: target.checked })}
        />
        <FormAlert error={save.error} fields={["cron", "refit.everyLabels"]} />
        <Button type="submit" pending={save.isPending} disabled={isSaved} className="justify-self-start">
          {t("save")}
        </Button>
      </form>
    </Section>
  );
}

function valuesOf({ refit, appliesRefits, fallsBack }: RoutingSettings): Values {
  const { cron, everyLabels, onChange } = refit;
  return { cron: cron ?? "", everyLabels: String(everyLabels ?? ""), onChange, appliesRefits, fallsBack };
}

function settingsOf({ cron, everyLabels, onChange, ...rest }: Values): Partial<RoutingSettings> {
  const labels = everyLabels.trim();
  return {
    ...rest,
    refit: { cron: cron.trim() || null, everyLabels: labels === "" ? null : Number(labels), onChange },
  };
}
