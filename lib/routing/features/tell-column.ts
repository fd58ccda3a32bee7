import { activeLocale, say, sayText } from "@/lib/say";
import { measureWords } from "./describe-column";

/**
 * The words of a characteristic (describeColumn), which are stored in English, in the language of the request. Tags stay as
 * whoever gave them wrote them.
 */
export function tellColumn(words: string): string {
  if (activeLocale() === "en") return words;
  const unknown = /^unknown (.+)$/.exec(words)?.[1];
  if (unknown !== undefined) return measureWords.has(unknown) ? say`unknown ${sayText(unknown)}` : words;
  const [, common, rare] = /^(.+) or (\d+) more that are rare$/.exec(words) ?? [];
  if (common !== undefined) return say`${common} or ${rare!} more that are rare`;
  const [, own, cuts] = /^(.+) \((.+)\)$/.exec(words) ?? [];
  const name = own === undefined ? undefined : tellBin(own);
  return name === undefined ? words : say`${name} (${tellCuts(cuts!)})`;
}

/** A reason that was stored, where a gain was foreseen with the characteristics that it comes from. */
export function tellReason(reason: string): string {
  const [why, most, ...more] = reason.split(". Most of it: ");
  if (activeLocale() === "en" || most === undefined || more.length > 0) return sayText(reason);
  const told = most.replaceAll(
    /(, |^)(.+?) \(([+−][^()]+)\)(?=, |$)/g,
    (_, separator: string, words: string, gain: string) => separator + say`${tellColumn(words)} (${gain})`,
  );
  return say`${sayText(why!)}. Most of it: ${told}`;
}

function tellBin(words: string): string | undefined {
  if (measureWords.has(words)) return sayText(words);
  const [, bin, name] = /^(low|middle|high) (.+)$/.exec(words) ?? [];
  if (name === undefined || !measureWords.has(name)) return undefined;
  if (bin === "low") return say`low ${sayText(name)}`;
  return bin === "middle" ? say`middle ${sayText(name)}` : say`high ${sayText(name)}`;
}

function tellCuts(cuts: string): string {
  const [, range = cuts, unit] = /^(.+?)( words)?$/.exec(cuts) ?? [];
  const [from = "", to = ""] = range.match(/[\d.e+-]*\d/g) ?? [];
  if (range.startsWith("below")) return unit ? say`below ${from} words` : say`below ${from}`;
  if (range.endsWith("and more")) return unit ? say`${from} and more words` : say`${from} and more`;
  return unit ? say`${from} to below ${to} words` : say`${from} to below ${to}`;
}
