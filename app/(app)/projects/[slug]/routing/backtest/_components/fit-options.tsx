import { useTranslations } from "next-intl";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { NativeSelect } from "@/app/_components/ui/select";
import type { Translate } from "@/app/i18n/translate";

/** What a fit is made with, as it is typed. */
export type FitValues = { mixes: string; hidden: number; seed: string };

export const usualFit: FitValues = { mixes: "500", hidden: 0, seed: "1" };

/** Widths of the proxies' hidden layer that are offered; 0 for linear ones. */
const widths = [0, 8, 16, 32, 64];

type FitOptionsProps = { values: FitValues; onChange: (change: Partial<FitValues>) => void };

/** For who wants to know it more exactly, or repeat it. */
export function FitOptions({ values, onChange }: FitOptionsProps) {
  const t = useTranslations("routing.fitOptions");
  const faults = fitFaults(values, useTranslations("routing.faults"));
  return (
    <details className="[&[open]>summary]:mb-3">
      <summary className="w-fit cursor-pointer text-[0.8125rem] font-medium">{t("summary")}</summary>
      <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-3">
        <Field label={t("mixes")} hint={t("mixesHint")} error={faults.mixes}>
          <Input
            inputMode="numeric"
            autoComplete="off"
            value={values.mixes}
            onChange={({ target }) => onChange({ mixes: target.value })}
          />
        </Field>
        <Field label={t("proxies")} hint={t("proxiesHint")}>
          <NativeSelect value={values.hidden} onChange={({ target }) => onChange({ hidden: Number(target.value) })}>
            {widths.map((width) => (
              <option key={width} value={width}>
                {width === 0 ? t("linear") : t("hidden", { width })}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <Field label={t("seed")} hint={t("seedHint")} error={faults.seed}>
          <Input
            inputMode="numeric"
            autoComplete="off"
            value={values.seed}
            onChange={({ target }) => onChange({ seed: target.value })}
          />
        </Field>
      </div>
    </details>
  );
}

/** What is wrong with the fields; nothing when a fit can be made with them. */
export function fitFaults(
  { mixes, seed }: FitValues,
  t: Translate<"routing.faults">,
): { mixes?: string; seed?: string } {
  return {
    ...(!isWhole(mixes, 50, 2000) && { mixes: t("wholeNumber", { least: 50, most: 2000 }) }),
    ...(!isWhole(seed, 0, 2_147_483_647) && { seed: t("wholeNumber", { least: 0, most: 2_147_483_647 }) }),
  };
}

function isWhole(text: string, least: number, most: number): boolean {
  return text.trim() !== "" && Number.isInteger(Number(text)) && Number(text) >= least && Number(text) <= most;
}
