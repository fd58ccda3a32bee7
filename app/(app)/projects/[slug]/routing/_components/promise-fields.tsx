import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { NativeSelect } from "@/app/_components/ui/select";
import { textOf, type PolicyFieldsProps } from "./policy-fields-props";

type PromiseFieldsProps = Pick<PolicyFieldsProps, "values" | "faults" | "judges" | "onChange">;

/** What a policy by confidence promises of the labels that it leaves to AI, and the judges of a cascade. */
export function PromiseFields(props: PromiseFieldsProps) {
  const { values, faults } = props;
  return (
    <>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Field
          label="Error of AI's part at most, %"
          error={faults.error}
          hint="Of the labels that AI keeps, those that people would contradict."
        >
          <Input {...textOf("error", props)} />
        </Field>
        <Field label="With certainty, %" error={faults.certainty} hint="How sure the promise is to be kept.">
          <Input {...textOf("certainty", props)} />
        </Field>
      </div>
      {values.kind === "cascade" ? (
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <JudgeField {...props} name="firstJudge" label="Asked first" />
          <JudgeField {...props} name="secondJudge" label="Asked where it is not confident" />
        </div>
      ) : null}
    </>
  );
}

type JudgeFieldProps = PromiseFieldsProps & { name: "firstJudge" | "secondJudge"; label: string };

function JudgeField({ values, faults, judges, onChange, name, label }: JudgeFieldProps) {
  return (
    <Field label={label} error={faults[name]}>
      <NativeSelect value={values[name]} onChange={({ target }) => onChange({ [name]: target.value })}>
        <option value="">{judges.length === 0 ? "There is no judge" : "Choose a judge"}</option>
        {judges.map(({ id, name: called }) => (
          <option key={id} value={id}>
            {called}
          </option>
        ))}
      </NativeSelect>
    </Field>
  );
}
