import { useTranslations } from "next-intl";
import type { InstanceFilters } from "@/lib/instances/schema";
import { sources } from "../../_components/label-words";
import { routeBadges, statusBadges } from "./instance-badges";

export type FilterName = keyof InstanceFilters;

type Choice = { value: string; label: string };

/** The filters in words: those with a fixed set of values in the order of their controls, and how one in force reads. */
export function useFilterWords() {
  const t = useTranslations("instances.filters");
  const sourceNames = useTranslations("projects.sources");
  const badges = useTranslations("instances.badges");
  const choices: { name: Exclude<FilterName, "q" | "model" | "tag">; label: string; options: Choice[] }[] = [
    {
      name: "status",
      label: t("names.status"),
      options: keysOf(statusBadges).map((value) => ({ value, label: badges(`statuses.${value}`) })),
    },
    {
      name: "agreement",
      label: t("names.agreement"),
      options: (["unanimous", "majority", "draw"] as const).map((value) => ({
        value,
        label: t(`agreements.${value}`),
      })),
    },
    {
      name: "source",
      label: t("names.source"),
      options: sources.map(({ source }) => ({ value: source, label: sourceNames(source) })),
    },
    {
      name: "route",
      label: t("names.route"),
      options: keysOf(routeBadges).map((value) => ({ value, label: badges(`routes.${value}`) })),
    },
    { name: "flagged", label: t("names.flagged"), options: [{ value: "yes", label: badges("flagged") }] },
    {
      name: "split",
      label: t("names.split"),
      options: (["train", "test"] as const).map((value) => ({ value, label: t(`splits.${value}`) })),
    },
  ];

  /** "Status: Complete". */
  function wordFilter(name: FilterName, value: string): string {
    const choice = choices.find((one) => one.name === name);
    const chosen = choice?.options.find((option) => option.value === value)?.label ?? value;
    return t("is", { name: t(`names.${name}`), value: chosen });
  }

  return { choices, wordFilter };
}

function keysOf<Key extends string>(table: Record<Key, unknown>): Key[] {
  return Object.keys(table) as Key[];
}
