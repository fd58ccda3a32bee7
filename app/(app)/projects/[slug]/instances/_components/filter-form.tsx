"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { type FormEvent, useTransition } from "react";

import { Button } from "@/app/_components/ui/button";
import { Input } from "@/app/_components/ui/input";
import { NativeSelect } from "@/app/_components/ui/select";
import type { InstanceFilters } from "@/lib/instances/schema";
import { useFilterWords } from "./filter-words";

type FilterFormProps = { path: string; filters: InstanceFilters; models: string[] };

/** Search and filters. A GET form, so it works before scripts have come; with them a choice takes effect at once. */
export function FilterForm({ path, filters, models }: FilterFormProps) {
  const t = useTranslations("instances.filters");
  const { choices } = useFilterWords();
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
      className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:flex"
    >
      <div className="col-span-full flex gap-2 lg:flex-2">
        <span className="relative min-w-0 flex-1 lg:min-w-44">
          <Search aria-hidden className="pointer-events-none absolute top-2 start-2.5 size-4 text-muted-foreground" />
          <Input
            type="search"
            name="q"
            aria-label={t("search")}
            placeholder={t("placeholder")}
            defaultValue={filters.q}
            maxLength={500}
            className="ps-8"
          />
        </span>
        <Button type="submit" pending={pending}>
          {t("search")}
        </Button>
      </div>
      {choices.map(({ name, label, options }) => (
        <NativeSelect
          key={name}
          name={name}
          aria-label={label}
          defaultValue={filters[name] ?? ""}
          className="lg:min-w-0 lg:flex-1"
        >
          <option value="">{label}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </NativeSelect>
      ))}
      {filters.tag === undefined ? null : <input type="hidden" name="tag" value={filters.tag} />}
      {models.length > 0 || filters.model !== undefined ? (
        <NativeSelect
          name="model"
          aria-label={t("names.model")}
          defaultValue={filters.model ?? ""}
          className="lg:min-w-0 lg:flex-1"
        >
          <option value="">{t("names.model")}</option>
          {[...new Set([...models, ...(filters.model === undefined ? [] : [filters.model])])].map((model) => (
            <option key={model}>{model}</option>
          ))}
        </NativeSelect>
      ) : null}
    </form>
  );
}
