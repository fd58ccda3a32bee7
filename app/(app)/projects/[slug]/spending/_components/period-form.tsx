"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";

import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { Input } from "@/app/_components/ui/input";

/** Which days the page is about; they stand in its address. */
export function PeriodForm({ from, to }: { from: string; to: string }) {
  const t = useTranslations("spending.period");
  const [last, setLast] = useState(to);
  return (
    <form className="flex flex-wrap items-end gap-3" aria-label={t("label")}>
      <Field label={t("from")}>
        <Input type="date" name="from" required defaultValue={from} min="2000-01-01" max={last} />
      </Field>
      <Field label={t("to")}>
        <Input
          type="date"
          name="to"
          required
          defaultValue={to}
          min="2000-01-01"
          max="2099-12-31"
          onChange={({ target }) => setLast(target.value)}
        />
      </Field>
      <Button type="submit">{t("show")}</Button>
    </form>
  );
}
