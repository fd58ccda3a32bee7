/** What `sideFeatures` measures, in its order. */
export const sideFeatureNames = ["log length", "lists", "headers", "bold"] as const;

/** The place of the log length, by which the longer of two completions is told. */
export const logLengthIndex = 0;

/**
 * Length and format of a completion: ln(1 + n) of its code points, list items, headers and bold passages in Markdown.
 * Reward models learn these first and people prefer them often, right or wrong; so they are kept out of the text
 * features and have a branch of their own. The logarithm keeps one text of 200 bullets from setting the scale.
 */
export function sideFeatures(text: string): number[] {
  const counts = [
    text.length - matches(text, /[\ud800-\udbff][\udc00-\udfff]/g),
    matches(text, /^[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+\S/gm),
    matches(text, /^[ \t]{0,3}#{1,6}[ \t]+\S/gm),
    matches(text, /\*\*(?=\S)[^*\n]+\*\*|__(?=\S)[^_\n]+__/g),
  ];
  return counts.map(Math.log1p);
}

function matches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
