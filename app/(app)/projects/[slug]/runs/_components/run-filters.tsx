"use client";

import { useTranslations } from "next-intl";
import Form from "next/form";

import { Field } from "@/app/_components/ui/field";
import { NativeSelect } from "@/app/_components/ui/select";
import { runKinds, runStates, type ListRunsQuery } from "@/lib/jobs/schema";

type RunFiltersProps = Pick<ListRunsQuery, "kind" | "state"> & { path: string };

/** Narrows the list of runs; a choice takes effect at once. */
export function RunFilters({ path, kind, state }: RunFiltersProps) {
  const t = useTranslations("runs");
  return (
    <Form
      action={path}
      // The selects keep what they were set to; another address starts them anew.
      key={`${kind} ${state}`}
      className="flex flex-wrap gap-3"
      onChange={(event) => event.currentTarget.requestSubmit()}
    >
      <Field label={t("kind")} className="w-48">
        <NativeSelect name="kind" defaultValue={kind ?? ""}>
          <option value="">{t("all")}</option>
          {runKinds.map((value) => (
            <option key={value} value={value}>
              {t(`kinds.${value}`)}
            </option>
          ))}
        </NativeSelect>
      </Field>
      <Field label={t("state")} className="w-48">
        <NativeSelect name="state" defaultValue={state ?? ""}>
          <option value="">{t("all")}</option>
          {runStates.map((value) => (
            <option key={value} value={value}>
              {t(`states.${value}`)}
            </option>
          ))}
        </NativeSelect>
      </Field>
    </Form>
  );
}
