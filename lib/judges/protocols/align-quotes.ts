import { toCodePoint, toUtf16 } from "@/lib/text/code-points";
import { approximateMatches, type Match } from "./approximate-matches";
import { foldText, type FoldedText } from "./fold-text";

/** What a judge quotes. `occurrence` says which it means of several, 1 for the first. */
export type Quote = { quote: string; occurrence?: number; category: string };

/** A quote with its place in the text: half-open, in code points. */
export type Aligned<Q extends Quote> = { quote: Q; start: number; end: number };

/** Share of a folded quote's characters that may be wrong. */
const maxErrors = 0.15;
/** However long the quote is: the work grows with it. */
const maxDistance = 30;

/**
 * Finds quotes in a text, each at its first occurrence that no earlier quote took (as Text2Grad does), or at the one that
 * it names. Occurrences are looked for as they are; where there is none, without regard to white space, case and
 * punctuation (`foldText`); where there is none either, as the stretches with the least edit distance in the folded
 * text, at most 15 % of the quote's length and 30 characters, widened to whole words (`approximateMatches`). Occurrences
 * within words count only for quotes that have none on the borders of words.
 *
 * One that overlaps no earlier quote comes first; one that does is taken only if no quote of the same category has
 * exactly that place. What then has no place is returned as it was said.
 */
export function alignQuotes<Q extends Quote>(
  text: string,
  quotes: readonly Q[],
): { aligned: Aligned<Q>[]; unaligned: Q[] } {
  const folded = foldText(text);
  const taken: (Match & { category: string })[] = [];
  const aligned: Aligned<Q>[] = [];
  const unaligned: Q[] = [];
  for (const quote of quotes) {
    const place = choose(occurrencesOf(text, folded, quote.quote), quote, taken);
    if (place) {
      taken.push({ ...place, category: quote.category });
      aligned.push({ quote, start: toCodePoint(text, place.start), end: toCodePoint(text, place.end) });
    } else unaligned.push(quote);
  }
  return { aligned, unaligned };
}

/** A stretch of a text as a judge would quote it: half-open, in code points. */
export function quoteOf(text: string, { start, end }: Match): { quote: string; occurrence?: number } {
  const [from, to] = [toUtf16(text, start), toUtf16(text, end)];
  const quote = text.slice(from, to);
  const occurrences = exactMatches(text, quote);
  const place = occurrences.findIndex((one) => one.start === from);
  return place >= 0 && occurrences.length > 1 ? { quote, occurrence: place + 1 } : { quote };
}

function choose(
  occurrences: readonly Match[],
  { occurrence, category }: Quote,
  taken: readonly (Match & { category: string })[],
): Match | undefined {
  const isFree = (place: Match) =>
    !taken.some((one) => one.start === place.start && one.end === place.end && one.category === category);
  if (occurrence !== undefined) {
    const named = occurrences[occurrence - 1];
    return named && isFree(named) ? named : undefined;
  }
  const isApart = (place: Match) => taken.every((one) => one.end <= place.start || place.end <= one.start);
  return occurrences.find(isApart) ?? occurrences.find(isFree);
}

function occurrencesOf(text: string, folded: FoldedText, quote: string): Match[] {
  const exact = exactMatches(text, quote.trim());
  if (exact.length > 0) return exact;
  const wanted = foldText(quote).text;
  const found = exactMatches(folded.text, wanted);
  const places = found.length > 0 ? found : nearMatches(folded.text, wanted);
  return places.map(({ start, end }) => ({ start: folded.starts[start]!, end: folded.ends[end - 1]! }));
}

function nearMatches(text: string, wanted: string): Match[] {
  const bound = Math.min(maxDistance, Math.floor(wanted.length * maxErrors));
  if (bound === 0) return [];
  return approximateMatches(text, wanted, bound).map((match) => toWholeWords(text, match, bound));
}

/** Left to right, also those that overlap ("a a" is twice in "a a a"); on the borders of words if any is. */
function exactMatches(text: string, wanted: string): Match[] {
  const all: Match[] = [];
  if (wanted === "") return all;
  for (let start = text.indexOf(wanted); start >= 0; start = text.indexOf(wanted, start + 1)) {
    all.push({ start, end: start + wanted.length });
  }
  const whole = all.filter(({ start, end }) => isBorder(text, start) && isBorder(text, end));
  return whole.length > 0 ? whole : all;
}

/** Moves the ends of an approximate match out of the words they fall into, unless they are further away than its errors. */
function toWholeWords(text: string, { start, end }: Match, bound: number): Match {
  while (text[start] === " ") start += 1;
  while (text[end - 1] === " ") end -= 1;
  let [from, to] = [start, end];
  while (from > 0 && start - from <= bound && !isBorder(text, from)) from -= 1;
  while (to < text.length && to - end <= bound && !isBorder(text, to)) to += 1;
  return { start: isBorder(text, from) ? from : start, end: isBorder(text, to) ? to : end };
}

const inWord = /[\p{L}\p{N}\p{M}]/u;

/** Whether no word goes on across a place. Halves of surrogate pairs are of no word. */
function isBorder(text: string, at: number): boolean {
  return at === 0 || at === text.length || !inWord.test(text[at - 1]!) || !inWord.test(text[at]!);
}
