import { useTranslations } from "next-intl";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { Switch } from "@/app/_components/ui/switch";
import { textOf, type PolicyFieldsProps } from "./policy-fields-props";

type PacingFieldsProps = Pick<PolicyFieldsProps, "values" | "faults" | "currency" | "onChange">;

/** A budget of money that the share for people follows, day by day. */
export function PacingFields(props: PacingFieldsProps) {
  const t = useTranslations("routing.fields");
  const { values, faults, currency, onChange } = props;
  return (
    <div className="grid grid-cols-1 gap-4">
      <Switch
        label={t("pacing")}
        hint={t("pacingHint")}
        checked={values.isPaced}
        onChange={({ target }) => onChange({ isPaced: target.checked })}
      />
      {values.isPaced ? (
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
          <Field label={t("money", { currency })} error={faults.money}>
            <Input {...textOf("money", props)} />
          </Field>
          <Field label={t("from")} error={faults.startsOn}>
            <Input {...textOf("startsOn", props)} type="date" />
          </Field>
          <Field label={t("until")} error={faults.endsOn}>
            <Input {...textOf("endsOn", props)} type="date" />
          </Field>
        </div>
      ) : null}
    </div>
  );
}
