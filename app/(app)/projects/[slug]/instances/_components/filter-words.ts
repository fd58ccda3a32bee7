import { routeWords, statusWords } from "./instance-badges";
import { sources } from "../../_components/label-words";
import type { InstanceFilters } from "@/lib/instances/schema";

export type FilterName = keyof InstanceFilters;

type Choice = { value: string; label: string };

/** The filters with a fixed set of values, in the order of their controls. */
export const choices: { name: Exclude<FilterName, "q" | "model" | "tag">; label: string; options: Choice[] }[] = [
  {
    name: "status",
    label: "Status",
    options: Object.entries(statusWords).map(([value, { label }]) => ({ value, label })),
  },
  {
    name: "agreement",
    label: "Agreement",
    options: [
      { value: "unanimous", label: "Unanimous" },
      { value: "majority", label: "Majority" },
      { value: "draw", label: "Draw" },
    ],
  },
  { name: "source", label: "Source", options: sources.map(({ source, label }) => ({ value: source, label })) },
  {
    name: "route",
    label: "Route",
    options: Object.entries(routeWords).map(([value, { label }]) => ({ value, label })),
  },
  { name: "flagged", label: "Flags", options: [{ value: "yes", label: "Flagged" }] },
  {
    name: "split",
    label: "Split",
    options: [
      { value: "train", label: "Train" },
      { value: "test", label: "Test" },
    ],
  },
];

/** A filter in words: "Status: Complete". */
export function wordFilter(name: FilterName, value: string): string {
  if (name === "q") return `Text: ${value}`;
  if (name === "model") return `Model: ${value}`;
  if (name === "tag") return `Tag: ${value}`;
  const choice = choices.find((one) => one.name === name)!;
  return `${choice.label}: ${choice.options.find((option) => option.value === value)?.label ?? value}`;
}
