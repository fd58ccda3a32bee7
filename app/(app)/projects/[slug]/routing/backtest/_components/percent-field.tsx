"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";

import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";

type PercentFieldProps = {
  label: string;
  hint?: ReactNode;
  /** 0 to 1. */
  value: number;
  onChange: (value: number) => void;
};

/** A share as a percentage. What is no share yet stays in the field and changes nothing. */
export function PercentField({ label, hint, value, onChange }: PercentFieldProps) {
  const t = useTranslations("routing.faults");
  const [draft, setDraft] = useState<string | null>(null);
  const isFault = draft !== null && !isPercent(draft);
  return (
    <Field label={label} hint={hint} error={isFault ? t("number", { least: 0, most: 100 }) : undefined}>
      <Input
        inputMode="decimal"
        autoComplete="off"
        value={draft ?? String(Number((100 * value).toPrecision(12)))}
        onChange={({ target }) => {
          setDraft(target.value);
          if (isPercent(target.value)) onChange(Number((Number(target.value) / 100).toPrecision(12)));
        }}
        onBlur={() => setDraft(null)}
      />
    </Field>
  );
}

function isPercent(text: string): boolean {
  return text.trim() !== "" && Number(text) >= 0 && Number(text) <= 100;
}
