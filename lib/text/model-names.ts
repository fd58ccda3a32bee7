import { hide } from "./hidden-names";

/** What data sets call those who wrote a completion without naming a model; hiding such words would spoil other talk. */
const notNames = new Set(
  (
    "ai assistant base baseline bot chosen completion expert gold human initial llm lm model person policy reference " +
    "rejected response sft student system teacher user"
  ).split(" "),
);

/**
 * A function that hides the names of these models wherever they stand as words of their own, code point for code point;
 * of "owner/name" the name alone, too. Capitals do not matter, nor does what joins the parts of a name.
 */
export function modelNameHider(models: readonly string[]): (text: string) => string {
  const names = models.flatMap((model) => [model, model.slice(model.lastIndexOf("/") + 1)]);
  const sources = [...new Set(names)]
    .filter(isName)
    .sort((a, b) => b.length - a.length)
    .map(patternOf);
  if (sources.length === 0) return (text) => text;
  const pattern = new RegExp(`(?<![A-Za-z\\d])(?:${sources.join("|")})(?![A-Za-z\\d])`, "giu");
  return (text) => text.replaceAll(pattern, hide);
}

function isName(name: string): boolean {
  return /\p{L}.*[\p{L}\d]|\d.*\p{L}/su.test(name) && !notNames.has(name.trim().toLowerCase());
}

function patternOf(name: string): string {
  const parts = name.split(/[-_\s]+/u).filter((part) => part !== "");
  return parts.map((part) => part.replaceAll(/[\^$\\.*+?()[\]{}|/]/g, String.raw`\$&`)).join("[-_ ]?");
}
