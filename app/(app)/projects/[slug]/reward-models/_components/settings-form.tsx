"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { faultOf, FormAlert } from "@/app/_components/form-errors";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import { Switch } from "@/app/_components/ui/switch";
import type { RewardSettings } from "@/lib/reward/schema";

type Values = { isEnabled: boolean; retrainAfterLabels: string; cron: string; neutralSteps: NeutralSteps };
type NeutralSteps = NonNullable<RewardSettings["neutralSteps"]>;

/** When the reward model is trained again by itself. */
export function SettingsForm({ slug, settings }: { slug: string; settings: RewardSettings }) {
  const { register, handleSubmit, reset, formState } = useForm<Values>({ defaultValues: toValues(settings) });
  const router = useRouter();
  const save = useMutation({
    mutationFn: (values: Values) =>
      api<RewardSettings>("PUT", `/api/v1/projects/${slug}/reward-models/settings`, fromValues(values)),
    onSuccess: (saved) => {
      reset(toValues(saved));
      toast.success("Schedule saved");
      // Whether the schedule waits for labels stands elsewhere on the page.
      router.refresh();
    },
  });
  return (
    <Section
      title="Training by itself"
      description="Each training takes a snapshot of the labels at that time. A version serves only when it passes the gate."
    >
      <form
        noValidate
        onSubmit={handleSubmit((values) => save.mutate(values))}
        className="grid gap-4 rounded-lg border p-4"
      >
        <Switch label="Train again by itself" {...register("isEnabled")} />
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
          <Field
            label="After so many new labels"
            hint="Comparisons by people and judges since the last training. Empty for never."
            error={formState.errors.retrainAfterLabels?.message ?? faultOf(save.error, "retrainAfterLabels")}
          >
            <Input
              inputMode="numeric"
              autoComplete="off"
              {...register("retrainAfterLabels", {
                validate: (text) => /^\s*\d*\s*$/.test(text) || "Give a whole number, or leave it empty.",
              })}
            />
          </Field>
          <Field
            label="At these times (UTC)"
            hint="Five fields as in cron, such as 0 3 * * 1 for Mondays at 3:00. Empty for never."
            error={faultOf(save.error, "cron")}
          >
            <Input autoComplete="off" spellCheck={false} className="font-mono" {...register("cron")} />
          </Field>
          <Field label="Neutral steps" hint="What the model learns of steps that are fine and get nowhere.">
            <NativeSelect {...register("neutralSteps")}>
              <option value="good">Are good</option>
              <option value="half">Are half good</option>
              <option value="left-out">Teach nothing</option>
            </NativeSelect>
          </Field>
        </div>
        <FormAlert error={save.error} fields={["retrainAfterLabels", "cron"]} />
        <Button type="submit" pending={save.isPending} disabled={!formState.isDirty} className="justify-self-start">
          Save schedule
        </Button>
      </form>
    </Section>
  );
}

function toValues({ isEnabled, retrainAfterLabels, cron, neutralSteps = "good" }: RewardSettings): Values {
  return {
    isEnabled,
    retrainAfterLabels: retrainAfterLabels === null ? "" : String(retrainAfterLabels),
    cron: cron ?? "",
    neutralSteps,
  };
}

function fromValues({ isEnabled, retrainAfterLabels, cron, neutralSteps }: Values): RewardSettings {
  return {
    isEnabled,
    retrainAfterLabels: retrainAfterLabels.trim() === "" ? null : Number(retrainAfterLabels),
    cron: cron.trim() === "" ? null : cron.trim(),
    neutralSteps,
  };
}
