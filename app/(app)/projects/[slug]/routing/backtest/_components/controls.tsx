import { useTranslations } from "next-intl";
import { Field } from "@/app/_components/ui/field";
import { NativeSelect } from "@/app/_components/ui/select";
import type { BacktestProps } from "./backtest-props";
import { type Choice, isDoubtful } from "./choice";
import type { CurveName } from "./curve-looks";
import { PercentField } from "./percent-field";
import { PlanForm } from "./plan-form";

type ControlsProps = Pick<BacktestProps, "slug" | "fit" | "routing" | "currency" | "canManage"> & {
  choice: Choice;
  onChange: (changed: Partial<Choice>) => void;
};

/** The policy that is in force, and the one to look at with its budget. */
export function Controls({ slug, fit: { report }, routing, currency, canManage, choice, onChange }: ControlsProps) {
  const t = useTranslations("routing.controls");
  const tFields = useTranslations("routing.fields");
  const tCurves = useTranslations("routing.curves");
  const policies = report.backtest.curves.map(({ policy }) => policy).filter((policy) => policy !== "oracle");
  return (
    <div className="grid min-w-0 grid-cols-1 content-start gap-4 sm:max-xl:grid-cols-2">
      <section aria-label={t("current")} className="grid gap-1 border-s-2 border-primary/60 ps-3 sm:max-xl:col-span-2">
        <p className="leading-6 font-medium text-balance">{routing.current.sentence}</p>
        <p className="text-[0.8125rem] text-muted-foreground">{t("applies", { version: routing.current.version })}</p>
      </section>
      <Field label={t("lookAt")}>
        <NativeSelect value={choice.policy} onChange={({ target }) => onChange({ policy: target.value as CurveName })}>
          {policies.map((policy) => (
            <option key={policy} value={policy}>
              {isDoubtful(policy, report) ? t("doubtful", { policy: tCurves(policy) }) : tCurves(policy)}
            </option>
          ))}
        </NativeSelect>
      </Field>
      <PercentField
        label={tFields("peopleShare")}
        hint={t("peopleHint")}
        value={choice.share}
        onChange={(share) => onChange({ share })}
      />
      <PercentField
        label={tFields("bothShare")}
        hint={t("bothHint")}
        value={choice.dualShare}
        onChange={(dualShare) => onChange({ dualShare })}
      />
      {canManage ? (
        <PlanForm {...{ slug, currency }} policy={choice.policy} onShare={(share) => onChange({ share })} />
      ) : null}
    </div>
  );
}
