"use client";

import type { ComponentProps, ReactNode } from "react";
import { useFormContext } from "react-hook-form";

import { faultOf } from "@/app/_components/form-errors";
import { Checkbox } from "@/app/_components/ui/checkbox";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import type { JudgeValues } from "../judge-values";

type TextName = { [K in keyof JudgeValues]: JudgeValues[K] extends string ? K : never }[keyof JudgeValues];
type FlagName = { [K in keyof JudgeValues]: JudgeValues[K] extends boolean ? K : never }[keyof JudgeValues];

/** Where the API tells of what a field of the form holds, where that has another name. */
const paths: Partial<Record<keyof JudgeValues, string>> = {
  name: "name",
  apiKey: "apiKey",
  inputPrice: "config.inputPriceMicros",
  cachedInputPrice: "config.cachedInputPriceMicros",
  outputPrice: "config.outputPriceMicros",
};

export function pathOf(name: keyof JudgeValues): string {
  return paths[name] ?? `config.${name}`;
}

/** What the API said about a field; of a list, also about one of its entries. */
export function faultIn(failure: Error | null, name: keyof JudgeValues): string | undefined {
  return faultOf(failure, pathOf(name));
}

type TextFieldProps = {
  name: TextName;
  label: string;
  hint?: ReactNode;
  required?: boolean;
  failure: Error | null;
  /** What is wrong already before anything is sent. */
  fault?: string | null;
  input?: ComponentProps<"input">;
};

/** One line of the form. */
export function TextField({ name, label, hint, required = false, failure, fault, input }: TextFieldProps) {
  const { register } = useFormContext<JudgeValues>();
  return (
    <Field label={label} hint={hint} required={required} error={fault ?? faultIn(failure, name)}>
      <Input autoComplete="off" {...input} {...register(name)} />
    </Field>
  );
}

/** A number of the form; what is typed is checked by the API. */
export function NumberField({ isDecimal = false, ...props }: TextFieldProps & { isDecimal?: boolean }) {
  return <TextField {...props} input={{ inputMode: isDecimal ? "decimal" : "numeric", ...props.input }} />;
}

type CheckFieldProps = { name: FlagName; label: string; hint: string; failure: Error | null };

export function CheckField({ name, label, hint, failure }: CheckFieldProps) {
  const { register } = useFormContext<JudgeValues>();
  const fault = faultIn(failure, name);
  return (
    <div className="grid content-start gap-1.5">
      <Checkbox label={label} hint={hint} aria-invalid={fault !== undefined} {...register(name)} />
      <FieldFault fault={fault} />
    </div>
  );
}

/** What is wrong with something that has no box of its own. */
export function FieldFault({ fault }: { fault: string | undefined }) {
  if (fault === undefined) return null;
  return (
    <p role="alert" className="text-[0.8125rem] leading-5 text-destructive">
      {fault}
    </p>
  );
}
