"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/app/_components/ui/checkbox";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Section } from "@/app/_components/ui/page";
import { NativeSelect } from "@/app/_components/ui/select";
import { Switch } from "@/app/_components/ui/switch";
import { Textarea } from "@/app/_components/ui/textarea";

/** All that is filled in, empty, filled, wrong and switched off. */
export function Fields() {
  const t = useTranslations("gallery");
  return (
    <Section title={t("fields")}>
      <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
        <Field label={t("name")} hint={t("nameHint")}>
          <Input />
        </Field>
        <Field label={t("name")} required>
          <Input defaultValue={t("longName")} />
        </Field>
        <Field label={t("name")} error={t("nameError")}>
          <Input defaultValue="?" />
        </Field>
        <Field label={t("disabled")}>
          <Input disabled defaultValue="tandem" />
        </Field>
        <Field label={t("choice")}>
          <NativeSelect>
            <option>{t("tabFirst")}</option>
            <option>{t("tabSecond")}</option>
          </NativeSelect>
        </Field>
        <Field label={t("text")} hint={t("nameHint")}>
          <Textarea rows={2} defaultValue={t("longText")} />
        </Field>
        <div className="grid content-start gap-3">
          <Checkbox label={t("off")} />
          <Checkbox label={t("on")} hint={t("nameHint")} defaultChecked />
          <Checkbox label={t("some")} indeterminate />
          <Checkbox label={t("disabled")} disabled />
        </div>
        <div className="grid content-start gap-3">
          <Switch label={t("off")} />
          <Switch label={t("on")} hint={t("nameHint")} defaultChecked />
          <Switch label={t("disabled")} disabled />
        </div>
      </div>
    </Section>
  );
}
