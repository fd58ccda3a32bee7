"use client";

import { useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";

import { Field } from "@/app/_components/ui/field";
import { NativeSelect } from "@/app/_components/ui/select";
import type { Translate } from "@/app/i18n/translate";
import { joinList } from "../join-words";
import { temperatureFault, type JudgeValues } from "../judge-values";
import { CheckField, faultIn, NumberField } from "./judge-fields";

type AskingFieldsProps = {
  /** Whether the project asks for a ranking. */
  hasRanking: boolean;
  failure: Error | null;
};

/** How a question is asked: how often, with what beside it, and what may come back. */
export function AskingFields({ hasRanking, failure }: AskingFieldsProps) {
  const t = useTranslations("judges.asking");
  const { control, register } = useFormContext<JudgeValues>();
  const [samples, temperature] = useWatch({ control, name: ["samples", "temperature"] });
  return (
    <>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <NumberField {...{ name: "samples", label: t("samples"), failure }} hint={t("samplesHint")} />
        <NumberField
          {...{ name: "temperature", label: t("temperature"), failure, isDecimal: true }}
          fault={temperatureFault({ samples, temperature }, t)}
          hint={t("temperatureHint")}
        />
        <NumberField
          {...{ name: "demonstrations", label: t("demonstrations"), failure }}
          hint={t("demonstrationsHint")}
        />
        <NumberField {...{ name: "maxOutputTokens", label: t("maxOutput"), failure }} hint={t("maxOutputHint")} />
        <Field label={t("effort")} error={faultIn(failure, "reasoningEffort")} hint={t("effortHint")}>
          <NativeSelect {...register("reasoningEffort")}>
            <option value="">{t("effortDefault")}</option>
            <option value="low">{t("effortLow")}</option>
            <option value="medium">{t("effortMedium")}</option>
            <option value="high">{t("effortHigh")}</option>
          </NativeSelect>
        </Field>
        {hasRanking ? (
          <Field label={t("rankings")} error={faultIn(failure, "rankingBy")} hint={t("rankingsHint")}>
            <NativeSelect {...register("rankingBy")}>
              <option value="permutations">{t("rankingsWhole")}</option>
              <option value="tournament">{t("rankingsPairs")}</option>
            </NativeSelect>
          </Field>
        ) : null}
      </div>
      <CheckField {...{ name: "usesReference", label: t("reference"), failure }} hint={t("referenceHint")} />
      <CheckField
        {...{ name: "tokenProbabilities", label: t("probabilities"), failure }}
        hint={t("probabilitiesHint")}
      />
    </>
  );
}

/** What is set, for the folded section. */
export function wordAsking(
  { samples, temperature, demonstrations }: JudgeValues,
  { words, t }: { words: Translate<"judges.words">; t: Translate<"judges.asking"> },
): string {
  const said = [
    Number(samples) > 1 ? t("someSamples", { samples }) : t("oneSample"),
    temperature.trim() === "" ? t("noTemperature") : t("someTemperature", { temperature }),
    ...(Number(demonstrations) > 0 ? [t("someExamples", { demonstrations })] : []),
  ];
  return joinList(said, words);
}
