import type { Choice } from "@/lib/assignments/schema";
import type { ComparisonScale } from "@/lib/labels/schema";

export type ScalePoint = {
  choice: Choice;
  /** The whole choice in words. */
  words: string;
  /** For narrow controls: "A 2" is two steps towards A. */
  short: string;
};

const degrees: Record<ComparisonScale, string[]> = {
  2: ["better"],
  3: ["better"],
  5: ["much better", "better"],
  7: ["much better", "better", "slightly better"],
  9: ["vastly better", "much better", "better", "slightly better"],
};

/** The points of a scale from the first completion to the second. */
export function scalePoints(scale: ComparisonScale): ScalePoint[] {
  const steps = degrees[scale];
  const towards = (label: string) =>
    steps.map((degree, index) => ({
      words: `${label} ${degree}`,
      short: steps.length === 1 ? label : `${label} ${steps.length - index}`,
    }));
  const tie = scale === 2 ? [] : [{ words: "Tie", short: "Tie" }];
  return [...towards("A"), ...tie, ...towards("B").reverse()].map((point, index) => ({ choice: index + 1, ...point }));
}

export const bothBad: ScalePoint = { choice: "both-bad", words: "Both bad", short: "Both bad" };

/** A choice in words, such as "A much better". */
export function describeChoice(choice: Choice, scale: number): string {
  if (choice === "both-bad") return bothBad.words;
  return scalePoints(scale as ComparisonScale)[choice - 1]?.words ?? String(choice);
}
