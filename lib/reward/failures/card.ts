import { failedPartsAdvice, failedPartWords } from "@/lib/text/failed-part-words";
import type { PartFailure } from "./schema";

/** What a version does without, for its model card; nothing where all of it was made. */
export function failuresOnCard(failures: readonly PartFailure[]): string[] {
  if (failures.length === 0) return [];
  const lines = failures.map(({ part, reason }) => `- ${failedPartWords[part]} could not be made. ${reason}`);
  return ["## What could not be made", lines.join("\n"), failedPartsAdvice];
}
