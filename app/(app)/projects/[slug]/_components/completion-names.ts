import type { Translate } from "@/app/i18n/translate";
import { isolate } from "@/lib/text/direction";

/** What a completion is called, by its index. */
export type Naming = (index: number) => string;

/** Code points of an id that sentences and tables take; of a longer one they have the two ends, by which ids differ. */
const [headLength, tailLength] = [24, 12];

/**
 * Completions by the ids that they were imported with. Where the import named none, they have their indices as ids: then
 * they are counted as people count, "Completion 1" and so on.
 */
export function nameCompletions(ids: readonly string[], t: Translate<"projects.labels">): Naming {
  const name = nameWhole(ids, t);
  return (index) => isolate(shorten(name(index)));
}

/** The same with ids of any length, for where there is room for them. */
export function nameWhole(ids: readonly string[], t: Translate<"projects.labels">): Naming {
  const areCounted = ids.every((id, index) => id === String(index));
  return (index) => (areCounted ? undefined : ids[index]) ?? t("completion", { number: index + 1 });
}

function shorten(name: string): string {
  const points = Array.from(name);
  if (points.length <= headLength + tailLength + 1) return name;
  return `${points.slice(0, headLength).join("")}…${points.slice(-tailLength).join("")}`;
}
