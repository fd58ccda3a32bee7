"use client";

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
  const router = useRouter();
  const [values, setValues] = useState(() => valuesOf(settings));
  const change = (changed: Partial<Values>) => setValues({ ...values, ...changed });
  const save = useMutation({
    mutationFn: () =>
      api<RoutingSettings>("PUT", `/api/v1/projects/${slug}/routing/settings`, { ...settings, ...settingsOf(values) }),
    onSuccess: () => {
      toast.success("Settings of routing saved");
      router.refresh();
    },
  });
  const isSaved = JSON.stringify(valuesOf(settings)) === JSON.stringify(values);
  return (
    <Section
      title="How routing looks after itself"
      description="A fit learns anew from what people and AI have labelled since. Every fit is kept and can be compared."
    >
      <form
        noValidate
        className="grid gap-4 rounded-lg border p-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
          <Field
            label="Fit at these times"
            hint="A cron pattern in UTC: 0 3 * * 1 is Mondays at 03:00. Empty for never."
            error={faultOf(save.error, "cron")}
          >
            <Input
              className="font-mono"
              autoComplete="off"
              value={values.cron}
              onChange={({ target }) => change({ cron: target.value })}
            />
          </Field>
          <Field
            label="Fit after so many new instances labelled by both"
            hint="At least 10. Empty for never."
            error={faultOf(save.error, "refit.everyLabels")}
          >
            <Input
              inputMode="numeric"
              autoComplete="off"
              value={values.everyLabels}
              onChange={({ target }) => change({ everyLabels: target.value })}
            />
          </Field>
        </div>
        <Switch
          label="Fit when a judge or the reward model changes"
          hint="When a judge gets another version, or another reward model serves."
          checked={values.onChange}
          onChange={({ target }) => change({ onChange: target.checked })}
        />
        <Switch
          label="Go by each new fit"
          hint="A policy that goes by a fit becomes its next version. By a fit that cannot be trusted none can go: it falls back."
          checked={values.appliesRefits}
          onChange={({ target }) => change({ appliesRefits: target.checked })}
        />
        <Switch
          label="Fall back when AI’s labels get worse"
          hint="Everything goes to people until somebody decides. The share for both stays, so that it shows when AI is as good as it was."
          checked={values.fallsBack}
          onChange={({ target }) => change({ fallsBack: target.checked })}
        />
        <FormAlert error={save.error} fields={["cron", "refit.everyLabels"]} />
        <Button type="submit" pending={save.isPending} disabled={isSaved} className="justify-self-start">
          Save settings
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
