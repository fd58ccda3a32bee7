import { useTranslations } from "next-intl";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { NativeSelect } from "@/app/_components/ui/select";
import { textOf, type PolicyFieldsProps } from "./policy-fields-props";

type PromiseFieldsProps = Pick<PolicyFieldsProps, "values" | "faults" | "judges" | "onChange">;

/** What a policy by confidence promises of the labels that it leaves to AI, and the judges of a cascade. */
export function PromiseFields(props: PromiseFieldsProps) {
  const t = useTranslations("routing.fields");
  const { values, faults } = props;
  return (
    <>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Field label={t("error")} error={faults.error} hint={t("errorHint")}>
          <Input {...textOf("error", props)} />
        </Field>
        <Field label={t("certainty")} error={faults.certainty} hint={t("certaintyHint")}>
          <Input {...textOf("certainty", props)} />
        </Field>
      </div>
      {values.kind === "cascade" ? (
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <JudgeField {...props} name="firstJudge" label={t("firstJudge")} />
          <JudgeField {...props} name="secondJudge" label={t("secondJudge")} />
        </div>
      ) : null}
    </>
  );
}

type JudgeFieldProps = PromiseFieldsProps & { name: "firstJudge" | "secondJudge"; label: string };

function JudgeField({ values, faults, judges, onChange, name, label }: JudgeFieldProps) {
  const t = useTranslations("routing.fields");
  return (
    <Field label={label} error={faults[name]}>
      <NativeSelect value={values[name]} onChange={({ target }) => onChange({ [name]: target.value })}>
        <option value="">{t(judges.length === 0 ? "noJudge" : "chooseJudge")}</option>
        {judges.map(({ id, name: called }) => (
          <option key={id} value={id}>
            {called}
          </option>
        ))}
      </NativeSelect>
    </Field>
  );
}
