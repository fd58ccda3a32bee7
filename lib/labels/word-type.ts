import { say } from "@/lib/say";
import type { LabelTypeName } from "./schema";

/** A type of labels, and of the questions that ask for them, in the language of the request. */
export function wordType(type: LabelTypeName): string {
  const words: Record<LabelTypeName, string> = {
    comparison: say`comparison`,
    ranking: say`ranking`,
    rating: say`rating`,
    binary: say`binary`,
    spans: say`spans`,
    steps: say`steps`,
    critique: say`critique`,
  };
  return words[type];
}
