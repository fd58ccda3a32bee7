import { useTranslations } from "next-intl";
import { cn } from "@/app/_components/ui/cn";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import type { PolicyKind } from "@/lib/routing/schema";
import { PacingFields } from "./pacing-fields";
import { textOf, type PolicyFieldsProps } from "./policy-fields-props";
import { type FitState, kinds, whyNot } from "./policy-kinds";
import { hasHumanShare, hasPromise, withKind } from "./policy-values";
import { PromiseFields } from "./promise-fields";

export function PolicyFields(props: PolicyFieldsProps) {
  const t = useTranslations("routing.fields");
  const { values, faults, fit, judges, currency, onChange } = props;
  return (
    <div className="grid grid-cols-1 content-start gap-4">
      <KindChoice kind={values.kind} fit={fit} onChange={(kind) => onChange(withKind(values, kind))} />
      {hasHumanShare(values.kind) ? (
        <>
          <Field
            label={t("peopleShare")}
            error={faults.human}
            hint={t(values.isPaced ? "peopleSharePaced" : "peopleShareHint")}
          >
            <Input {...textOf("human", props)} />
          </Field>
          <PacingFields {...{ values, faults, currency, onChange }} />
        </>
      ) : null}
      {hasPromise(values.kind) ? <PromiseFields {...{ values, faults, judges, onChange }} /> : null}
      <Field label={t("bothShare")} error={faults.dual} hint={t("bothShareHint")}>
        <Input {...textOf("dual", props)} />
      </Field>
      <WeightAndSeed {...props} />
    </div>
  );
}

function WeightAndSeed(props: PolicyFieldsProps) {
  const t = useTranslations("routing.fields");
  const { faults } = props;
  return (
    <details className="grid gap-4 [&[open]>summary]:mb-3">
      <summary className="w-fit cursor-pointer text-[0.8125rem] font-medium">{t("weightAndSeed")}</summary>
      <div className="grid grid-cols-1 gap-4">
        <Field label={t("weight")} error={faults.lmWeight} hint={t("weightHint")}>
          <Input {...textOf("lmWeight", props)} />
        </Field>
        <Field label={t("seed")} error={faults.seed} hint={t("seedHint")}>
          <Input {...textOf("seed", props)} inputMode="numeric" />
        </Field>
      </div>
    </details>
  );
}

type KindChoiceProps = { kind: PolicyKind; fit: FitState; onChange: (kind: PolicyKind) => void };

function KindChoice({ kind: chosen, fit, onChange }: KindChoiceProps) {
  const t = useTranslations("routing.fields");
  const tKinds = useTranslations("routing.kinds");
  const tWhyNot = useTranslations("routing.whyNot");
  return (
    <fieldset className="grid grid-cols-1 gap-2 sm:grid-cols-2">
      <legend className="mb-1.5 text-[0.8125rem] leading-5 font-medium">{t("policy")}</legend>
      {kinds.map((kind) => {
        const label = tKinds(`${kind}.label`);
        const reason = kind === chosen ? null : whyNot(kind, fit, tWhyNot);
        return (
          <label
            key={kind}
            className={cn(
              "flex items-start gap-2.5 rounded-md border px-3 py-2.5",
              reason === null ? "cursor-pointer hover:bg-accent" : "cursor-not-allowed border-dashed",
              kind === chosen && "border-primary/60 bg-accent",
            )}
          >
            <input
              type="radio"
              name="kind"
              aria-label={label}
              aria-describedby={`policy-${kind}`}
              value={kind}
              checked={kind === chosen}
              disabled={reason !== null}
              onChange={() => onChange(kind)}
              className="mt-1 accent-primary"
            />
            <span>
              <span className="font-medium">{label}</span>
              <span id={`policy-${kind}`} className="block text-[0.8125rem] leading-5 text-muted-foreground">
                {tKinds(`${kind}.hint`)} {reason}
              </span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
