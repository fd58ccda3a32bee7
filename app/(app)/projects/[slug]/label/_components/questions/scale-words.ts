import type { Choice } from "@/lib/assignments/schema";
import type { ComparisonScale } from "@/lib/labels/schema";
import type { ComparisonQuestion } from "@/lib/projects/schema";

export type ScalePoint = {
  choice: Choice;
  /** The whole choice in words. */
  words: string;
  /** For narrow controls: "A 2" is two steps towards A. */
  short: string;
};

/** What the points of a comparison say, where its task schema gives them other words than the usual ones. */
export type ScaleWords = Pick<ComparisonQuestion, "degrees" | "tie">;

/** The usual words, the strongest first. */
export const usualDegrees: Record<ComparisonScale, string[]> = {
  2: ["better"],
  3: ["better"],
  5: ["much better", "better"],
  7: ["much better", "better", "slightly better"],
  9: ["vastly better", "much better", "better", "slightly better"],
};

/** The points of a scale from the first completion to the second. */
export function scalePoints(scale: ComparisonScale, { degrees, tie: middle = "Tie" }: ScaleWords = {}): ScalePoint[] {
  const steps = degrees ?? usualDegrees[scale];
  const towards = (label: string) =>
    steps.map((degree, index) => ({
      words: `${label} ${degree}`,
      short: steps.length === 1 ? label : `${label} ${steps.length - index}`,
    }));
  const tie = scale === 2 ? [] : [{ words: middle, short: "Tie" }];
  return [...towards("A"), ...tie, ...towards("B").reverse()].map((point, index) => ({ choice: index + 1, ...point }));
}

export const bothBad: ScalePoint = { choice: "both-bad", words: "Both bad", short: "Both bad" };
export const cannotTell: ScalePoint = { choice: "cannot-tell", words: "Cannot tell", short: "Cannot tell" };

/** A choice in words, such as "A much better". */
export function describeChoice(choice: Choice, scale: number, words?: ScaleWords): string {
  if (choice === "both-bad") return bothBad.words;
  if (choice === "cannot-tell") return cannotTell.words;
  return scalePoints(scale as ComparisonScale, words)[choice - 1]?.words ?? String(choice);
}
