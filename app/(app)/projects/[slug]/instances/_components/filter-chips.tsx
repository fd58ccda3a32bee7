import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import type { InstanceFilters } from "@/lib/instances/schema";
import { useFilterWords, type FilterName } from "./filter-words";

/** The filters in force, each with a way to take it back. */
export function FilterChips({ path, filters }: { path: string; filters: InstanceFilters }) {
  const t = useTranslations("instances.filters");
  const { wordFilter } = useFilterWords();
  const chips = Object.entries(filters) as [FilterName, string][];
  if (chips.length === 0) return null;
  return (
    <ul aria-label={t("inForce")} className="flex flex-wrap items-center gap-1.5">
      {chips.map(([name, value]) => (
        <li key={name}>
          <Link
            href={`${path}?${new URLSearchParams(chips.filter(([other]) => other !== name))}`}
            aria-label={t("remove", { filter: wordFilter(name, value) })}
            className="flex h-6 max-w-72 items-center gap-1 rounded-full border bg-muted ps-2.5 pe-1.5 text-[0.8125rem] hover:border-input"
          >
            <span className="truncate">{wordFilter(name, value)}</span>
            <X aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
          </Link>
        </li>
      ))}
      {chips.length > 1 ? (
        <li>
          <Link
            href={path}
            className="px-1.5 text-[0.8125rem] text-muted-foreground hover:text-foreground hover:underline"
          >
            {t("removeAll")}
          </Link>
        </li>
      ) : null}
    </ul>
  );
}
