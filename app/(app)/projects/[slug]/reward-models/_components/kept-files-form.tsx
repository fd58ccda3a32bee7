"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { toast } from "sonner";

import { api } from "@/app/_components/api-client";
import { faultOf, FormAlert } from "@/app/_components/form-errors";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Section } from "@/app/_components/ui/page";
import type { KeptFiles } from "@/lib/reward/schema";
import { modelsPath } from "./reward-paths";

type Values = Record<keyof KeptFiles, string>;

/** Which versions keep their files. */
export function KeptFilesForm({ slug, rule }: { slug: string; rule: KeptFiles }) {
  const t = useTranslations("rewardModels");
  const isWhole = (text: string): boolean | string => /^\s*\d*\s*$/.test(text) || t("words.wholeNumber");
  const { register, handleSubmit, reset, formState } = useForm<Values>({ defaultValues: toValues(rule) });
  const save = useMutation({
    mutationFn: (values: Values) => api<KeptFiles>("PUT", `${modelsPath(slug)}/kept-files`, fromValues(values)),
    onSuccess: (saved) => {
      reset(toValues(saved));
      toast.success(t("keptFiles.saved"));
    },
  });
  return (
    <Section title={t("keptFiles.title")} description={t("keptFiles.hint")}>
      <form
        noValidate
        onSubmit={handleSubmit((values) => save.mutate(values))}
        className="grid gap-4 rounded-lg border p-4"
      >
        <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
          <Field
            label={t("keptFiles.newest")}
            hint={t("keptFiles.newestHint")}
            error={formState.errors.newest?.message ?? faultOf(save.error, "newest")}
          >
            <Input inputMode="numeric" autoComplete="off" {...register("newest", { validate: isWhole })} />
          </Field>
          <Field
            label={t("keptFiles.servedDays")}
            hint={t("keptFiles.servedDaysHint")}
            error={formState.errors.servedDays?.message ?? faultOf(save.error, "servedDays")}
          >
            <Input inputMode="numeric" autoComplete="off" {...register("servedDays", { validate: isWhole })} />
          </Field>
        </div>
        <FormAlert error={save.error} fields={["newest", "servedDays"]} />
        <Button type="submit" pending={save.isPending} disabled={!formState.isDirty} className="justify-self-start">
          {t("keptFiles.save")}
        </Button>
      </form>
    </Section>
  );
}

function toValues({ newest, servedDays }: KeptFiles): Values {
  return { newest: newest === null ? "" : String(newest), servedDays: servedDays === null ? "" : String(servedDays) };
}

function fromValues({ newest, servedDays }: Values): KeptFiles {
  const numberOf = (text: string): number | null => (text.trim() === "" ? null : Number(text));
  return { newest: numberOf(newest), servedDays: numberOf(servedDays) };
}
