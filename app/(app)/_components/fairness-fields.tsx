"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";

import { Checkbox } from "@/app/_components/ui/checkbox";
import { Field } from "@/app/_components/ui/field";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import type { ProjectFormValues } from "./project-form";

/** What people know about who wrote a completion, and of what AI says about it. */
export function FairnessFields() {
  const t = useTranslations("projectForms.fairness");
  const { register } = useFormContext<ProjectFormValues>();
  return (
    <Section title={t("title")} description={t("purpose")}>
      <Checkbox label={t("mask")} hint={t("maskHint")} {...register("maskModelNames")} />
      <Field label={t("suggestions")} hint={t("suggestionsHint")}>
        <NativeSelect className="sm:max-w-xs" {...register("suggestions")}>
          <option value="off">{t("off")}</option>
          <option value="shown">{t("shown")}</option>
          <option value="prefilled">{t("prefilled")}</option>
        </NativeSelect>
      </Field>
    </Section>
  );
}
