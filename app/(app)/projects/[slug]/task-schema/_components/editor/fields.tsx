"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/app/_components/ui/cn";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";
import { NativeSelect } from "@/app/_components/ui/select";
import { Textarea } from "@/app/_components/ui/textarea";
import { useFault } from "./editor-context";

type FieldProps<V> = {
  label: ReactNode;
  /** Where the API finds the value, inside of the task schema. */
  path: string;
  value: V;
  onChange: (value: V) => void;
  hint?: ReactNode;
  className?: string;
};

type TextFieldProps = FieldProps<string> & { required?: boolean; maxLength?: number; placeholder?: string };

export function TextField({ label, path, value, onChange, hint, className, required, ...input }: TextFieldProps) {
  return (
    <Field {...{ label, hint, className, required }} error={useFault(path)}>
      <Input
        maxLength={100}
        autoComplete="off"
        {...input}
        data-path={path}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

/** The id of a question or of a part of one. */
export function IdField({ label, ...props }: Omit<FieldProps<string>, "label"> & { label?: string }) {
  const t = useTranslations("projectForms.aspects");
  const { path, value, onChange, hint, className } = props;
  return (
    <Field label={label ?? t("id")} {...{ hint, className }} required error={useFault(path)}>
      <Input
        maxLength={63}
        autoComplete="off"
        spellCheck={false}
        className="font-mono text-[0.8125rem]"
        data-path={path}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

export function LongTextField({ label, path, value, onChange, hint, className }: FieldProps<string>) {
  return (
    <Field {...{ label, hint, className }} error={useFault(path)}>
      <Textarea
        rows={2}
        maxLength={2000}
        data-path={path}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

export function NumberField({ label, path, value, onChange, hint, className }: FieldProps<number>) {
  return (
    <Field {...{ label, hint, className }} required error={useFault(path)}>
      <Input
        type="number"
        step="any"
        data-path={path}
        // An empty box is no number, which the API says in words.
        value={Number.isNaN(value) ? "" : value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </Field>
  );
}

type SelectFieldProps<V> = FieldProps<V> & { options: readonly { value: V; words: string }[] };

export function SelectField<V extends string | number>(props: SelectFieldProps<V>) {
  const { label, path, value, onChange, hint, className, options } = props;
  return (
    <Field {...{ label, hint, className: cn("min-w-0", className) }} error={useFault(path)}>
      <NativeSelect
        data-path={path}
        value={value}
        onChange={(event) => onChange(options.find((one) => String(one.value) === event.target.value)!.value)}
      >
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.words}
          </option>
        ))}
      </NativeSelect>
    </Field>
  );
}

/** What is wrong with a list as a whole. */
export function ListFault({ path }: { path: string }) {
  const fault = useFault(path);
  return fault === undefined ? null : (
    <p role="alert" data-path={path} tabIndex={-1} className="text-[0.8125rem] text-destructive">
      {fault}
    </p>
  );
}
