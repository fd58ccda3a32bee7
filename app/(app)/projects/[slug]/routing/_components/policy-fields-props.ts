import type { FitState } from "./policy-kinds";
import type { PolicyFaults, PolicyValues } from "./policy-values";

/** A judge that a cascade may ask. */
export type JudgeChoice = { id: string; name: string };

export type PolicyFieldsProps = {
  values: PolicyValues;
  faults: PolicyFaults;
  fit: FitState;
  judges: JudgeChoice[];
  currency: string;
  onChange: (change: Partial<PolicyValues>) => void;
};

/** What every text box of the form has. */
export function textOf(name: keyof PolicyFaults, { values, onChange }: Pick<PolicyFieldsProps, "values" | "onChange">) {
  return {
    inputMode: "decimal" as const,
    autoComplete: "off",
    className: "max-w-40",
    value: values[name],
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
  };
}
