"use client";

import { useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";

import { Checkbox } from "@/app/_components/ui/checkbox";
import { Field } from "@/app/_components/ui/field";
import { NativeSelect } from "@/app/_components/ui/select";
import type { LmJudgeView } from "@/lib/judges/schema";
import type { JudgeValues } from "../judge-values";
import { faultIn, TextField } from "./judge-fields";
import { hintOf, presetOf, presets } from "./providers";

type ProviderFieldsProps = { judge: LmJudgeView | null; failure: Error | null };

/** Who answers: what it is called, where it is asked, and with which key. */
export function ProviderFields({ judge, failure }: ProviderFieldsProps) {
  const t = useTranslations("judges.provider");
  const common = useTranslations("judges.common");
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <TextField
        {...{ name: "name", label: common("name"), failure }}
        required
        hint={common("nameHint")}
        input={{ maxLength: 100 }}
      />
      <ProviderField failure={failure} />
      <TextField
        {...{ name: "baseUrl", label: t("address"), failure }}
        required
        hint={t("addressHint")}
        input={{ type: "url", placeholder: "https://api.example.org/v1" }}
      />
      <TextField {...{ name: "model", label: common("model"), failure }} required hint={t("modelHint")} />
      <KeyField judge={judge} failure={failure} />
    </div>
  );
}

const other = "other";

function ProviderField({ failure }: { failure: Error | null }) {
  const t = useTranslations("judges");
  const hints = useTranslations("judges.presets");
  const { control, setValue } = useFormContext<JudgeValues>();
  const [provider, baseUrl] = useWatch({ control, name: ["provider", "baseUrl"] });
  return (
    <Field
      label={t("editor.provider")}
      error={faultIn(failure, "provider")}
      hint={hintOf({ provider, baseUrl }, hints)}
    >
      <NativeSelect
        value={presetOf({ provider, baseUrl })?.id ?? other}
        onChange={(event) => {
          const preset = presets.find(({ id }) => id === event.target.value);
          setValue("provider", preset?.provider ?? "openai-compatible");
          setValue("baseUrl", preset?.baseUrl ?? "");
        }}
      >
        {presets.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
        <option value={other}>{t("provider.other")}</option>
      </NativeSelect>
    </Field>
  );
}

function KeyField({ judge, failure }: ProviderFieldsProps) {
  const t = useTranslations("judges.provider");
  const { control, register } = useFormContext<JudgeValues>();
  const removesKey = useWatch({ control, name: "removeKey" });
  const hasKey = judge !== null && judge.keyHint !== null;
  const stored = judge?.keyHint ? t("keyEnding", { ending: judge.keyHint }) : t("keyStored");
  return (
    <div className="grid content-start gap-2 sm:col-span-2">
      <TextField
        {...{ name: "apiKey", label: t("key"), failure }}
        hint={hasKey ? stored : t("keyNew")}
        input={{ type: "password", autoComplete: "new-password", disabled: removesKey }}
      />
      {hasKey ? <Checkbox label={t("removeKey")} {...register("removeKey")} /> : null}
    </div>
  );
}
