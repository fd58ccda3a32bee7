"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useTransition } from "react";

import { Button } from "@/app/_components/ui/button";
import { Input } from "@/app/_components/ui/input";
import { NativeSelect } from "@/app/_components/ui/select";
import type { InstanceFilters } from "@/lib/instances/schema";
import { choices } from "./filter-words";

type FilterFormProps = { path: string; filters: InstanceFilters; models: string[] };

/** Search and filters. A GET form, so it works before scripts have come; with them a choice takes effect at once. */
export function FilterForm({ path, filters, models }: FilterFormProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  function apply(form: HTMLFormElement) {
    const given = [...new FormData(form)].filter(([, value]) => value !== "") as [string, string][];
    startTransition(() => router.push(given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path));
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    apply(event.currentTarget);
  }

  return (
    <form
      // The controls take their values from the address, which also changes by chips, links and the back button.
      key={JSON.stringify(filters)}
      role="search"
      action={path}
      onSubmit={submit}
      onChange={(event) => {
        if (event.target instanceof HTMLSelectElement) apply(event.currentTarget);
      }}
      className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap"
    >
      <span className="relative col-span-2 sm:w-72">
        <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground" />
        <Input
          type="search"
          name="q"
          aria-label="Search"
          placeholder='Words, "a phrase" or an id'
          defaultValue={filters.q}
          maxLength={500}
          className="pl-8"
        />
      </span>
      {choices.map(({ name, label, options }) => (
        <NativeSelect key={name} name={name} aria-label={label} defaultValue={filters[name] ?? ""} className="sm:w-36">
          <option value="">{label}: all</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </NativeSelect>
      ))}
      {models.length > 0 || filters.model !== undefined ? (
        <NativeSelect name="model" aria-label="Model" defaultValue={filters.model ?? ""} className="sm:w-44">
          <option value="">Model: all</option>
          {[...new Set([...models, ...(filters.model === undefined ? [] : [filters.model])])].map((model) => (
            <option key={model}>{model}</option>
          ))}
        </NativeSelect>
      ) : null}
      <Button type="submit" pending={pending}>
        Search
      </Button>
    </form>
  );
}
