import type { Translate } from "@/app/i18n/translate";
import type { Choice } from "@/lib/assignments/schema";
import type { ComparisonScale } from "@/lib/labels/schema";
import type { ComparisonWords } from "@/lib/projects/schema";

export type ScalePoint = {
  choice: Choice;
  /** The whole choice in words. */
  words: string;
  /** For narrow controls: "A 2" is two steps towards A. */
  short: string;
};

/** The usual words in English, the strongest first, as task schemas keep them. */
export const usualDegrees: Record<ComparisonScale, string[]> = {
  2: ["better"],
  3: ["better"],
  5: ["much better", "better"],
  7: ["much better", "better", "slightly better"],
  9: ["vastly better", "much better", "better", "slightly better"],
};

/** The usual words in the language of the page. */
export function usualWords(scale: ComparisonScale, t: Translate<"label">): Required<ComparisonWords> {
  const all = ["vastlyBetter", "muchBetter", "better", "slightlyBetter"] as const;
  const own = { 2: all.slice(2, 3), 3: all.slice(2, 3), 5: all.slice(1, 3), 7: all.slice(1), 9: all }[scale];
  return { degrees: own.map((degree) => t(`scale.${degree}`)), tie: t("scale.tie") };
}

/** What the two completions of a comparison are called. */
export type PairNames = readonly [first: string, second: string];

const letters: PairNames = ["A", "B"];

/** The points of a scale from the first completion to the second; what has no words of its own has the usual ones. */
export function scalePoints(
  scale: ComparisonScale,
  { degrees, tie: middle }: ComparisonWords = {},
  usual: Required<ComparisonWords> = { degrees: usualDegrees[scale], tie: "Tie" },
  [first, second] = letters,
): ScalePoint[] {
  const steps = degrees ?? usual.degrees;
  const towards = (label: string) =>
    steps.map((degree, index) => ({
      words: `${label} ${degree}`,
      short: steps.length === 1 ? label : `${label} ${steps.length - index}`,
    }));
  const tie = scale === 2 ? [] : [{ words: middle ?? usual.tie, short: usual.tie }];
  return [...towards(first), ...tie, ...towards(second).reverse()].map((point, index) => ({
    choice: index + 1,
    ...point,
  }));
}

/** A choice in words, such as "A much better". */
export function describeChoice(
  choice: Choice,
  scale: number,
  words: ComparisonWords,
  t: Translate<"label">,
  names = letters,
): string {
  if (choice === "both-bad") return t("scale.bothBad");
  if (choice === "cannot-tell") return t("scale.cannotTell");
  const usual = usualWords(scale as ComparisonScale, t);
  return scalePoints(scale as ComparisonScale, words, usual, names)[choice - 1]?.words ?? String(choice);
}
