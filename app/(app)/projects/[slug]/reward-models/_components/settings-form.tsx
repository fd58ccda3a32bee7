"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
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
  const t = useTranslations("rewardModels");
  const { register, handleSubmit, reset, formState } = useForm<Values>({ defaultValues: toValues(settings) });
  const router = useRouter();
  const save = useMutation({
    mutationFn: (values: Values) =>
      api<RewardSettings>("PUT", `/api/v1/projects/${slug}/reward-models/settings`, fromValues(values)),
    onSuccess: (saved) => {
      reset(toValues(saved));
      toast.success(t("schedule.saved"));
      // Whether the schedule waits for labels stands elsewhere on the page.
      router.refresh();
    },
  });
  return (
    <Section title={t("schedule.title")} description={t("schedule.hint")}>
      <form
        noValidate
        onSubmit={handleSubmit((values) => save.mutate(values))}
        className="grid gap-4 rounded-lg border p-4"
      >
        <Switch label={t("schedule.enabled")} {...register("isEnabled")} />
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
          <Field
            label={t("schedule.newLabels")}
            hint={t("schedule.newLabelsHint")}
            error={formState.errors.retrainAfterLabels?.message ?? faultOf(save.error, "retrainAfterLabels")}
          >
            <Input
              inputMode="numeric"
              autoComplete="off"
              {...register("retrainAfterLabels", {
                validate: (text) => /^\s*\d*\s*$/.test(text) || t("words.wholeNumber"),
              })}
            />
          </Field>
          <Field label={t("schedule.times")} hint={t("schedule.timesHint")} error={faultOf(save.error, "cron")}>
            <Input dir="ltr" autoComplete="off" spellCheck={false} className="font-mono" {...register("cron")} />
          </Field>
          <Field label={t("schedule.neutralSteps")} hint={t("schedule.neutralStepsHint")}>
            <NativeSelect {...register("neutralSteps")}>
              <option value="good">{t("schedule.neutral.good")}</option>
              <option value="half">{t("schedule.neutral.half")}</option>
              <option value="left-out">{t("schedule.neutral.left-out")}</option>
            </NativeSelect>
          </Field>
        </div>
        <FormAlert error={save.error} fields={["retrainAfterLabels", "cron"]} />
        <Button type="submit" pending={save.isPending} disabled={!formState.isDirty} className="justify-self-start">
          {t("schedule.save")}
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
