"use client";

import Form from "next/form";

import { kindWords, stateWords } from "@/app/_components/runs/words";
import { Field } from "@/app/_components/ui/field";
import { NativeSelect } from "@/app/_components/ui/select";
import type { ListRunsQuery } from "@/lib/jobs/schema";

type RunFiltersProps = Pick<ListRunsQuery, "kind" | "state"> & { path: string };

/** Narrows the list of runs; a choice takes effect at once. */
export function RunFilters({ path, kind, state }: RunFiltersProps) {
  return (
    <Form
      action={path}
      // The selects keep what they were set to; another address starts them anew.
      key={`${kind} ${state}`}
      className="flex flex-wrap gap-3"
      onChange={(event) => event.currentTarget.requestSubmit()}
    >
      <Field label="Kind" className="w-48">
        <NativeSelect name="kind" defaultValue={kind ?? ""}>
          <option value="">All</option>
          {Object.entries(kindWords).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </NativeSelect>
      </Field>
      <Field label="State" className="w-48">
        <NativeSelect name="state" defaultValue={state ?? ""}>
          <option value="">All</option>
          {Object.entries(stateWords).map(([value, { label }]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </NativeSelect>
      </Field>
    </Form>
  );
}
