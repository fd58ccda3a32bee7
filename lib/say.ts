import { AsyncLocalStorage } from "node:async_hooks";
import ar from "@/messages/ar/said";
import zhHans from "@/messages/zh-Hans/said";
import type { Locale } from "@/lib/text/locales";

const catalogues: Record<Exclude<Locale, "en">, Record<string, string>> = { "zh-Hans": zhHans, ar };

const templates: Partial<Record<Locale, Template[]>> = {};

// One for the process: the bundles of pages and of handlers each have a copy of this file.
const kept = globalThis as { tandemLocale?: AsyncLocalStorage<Locale> };
const spoken = (kept.tandemLocale ??= new AsyncLocalStorage<Locale>());

/** The language of the request that is being answered; English outside of requests, so in workers and the command line. */
export function activeLocale(): Locale {
  return spoken.getStore() ?? "en";
}

/** Everything that follows from here, in this request, is said in the language. */
export function enterLocale(locale: Locale): void {
  spoken.enterWith(locale);
}

/** Runs a function whose texts are said in the language. */
export function inLocale<T>(locale: Locale, run: () => T): T {
  return spoken.run(locale, run);
}

/**
 * A sentence for people, in the language of the request: say`Instance ${id} was labelled by ${name}.` The English text
 * is its key in messages/<language>/said.json, with {0}, {1}, ... for the values. Not for what is stored, exported or sent
 * to a language model: that is the same in every language.
 */
export function say(parts: TemplateStringsArray, ...values: (string | number)[]): string {
  const template = parts.reduce((text, part, index) => `${text}{${index - 1}}${part}`);
  return lookUp(template).replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)]));
}

/**
 * The same for a text that was written down before any request came, such as a message in a zod schema or why an instance
 * was routed: its template is found by its words, and so are those of sentences that were filled into it. A text that no
 * template fits stays as it is, and so do names and numbers in it.
 */
export function sayText(english: string): string {
  const locale = activeLocale();
  return locale === "en" ? english : (retell(english, locale, mostNested)?.said ?? english);
}

/** What is said for a text, and how much of the text that tells. */
type Retold = { said: string; known: number };
/** A template that may have its values filled in; what lacks its first or longest words need not be matched, which takes longer. */
type Template = Retold & { pattern: RegExp; first: string; longest: string };

/** How deep sentences may stand within sentences. */
const mostNested = 4;
/** A few small words, such as "must be {0}", stand for no sentence within another and have none in them. */
const leastWords = 12;

/** Of all readings of a text the one that leaves least of it in English. */
function retell(english: string, locale: Exclude<Locale, "en">, depth: number): Retold | undefined {
  const exact = catalogues[locale][english];
  if (exact !== undefined) return { said: exact, known: english.length };
  let best: Retold | undefined;
  for (const { pattern, first, longest, said, known } of templatesOf(locale)) {
    if (!english.startsWith(first) || !english.includes(longest)) continue;
    const isSmall = known < leastWords && !/^[A-Z]/.test(first);
    if (isSmall && depth < mostNested) continue;
    const values = pattern.exec(english)?.groups;
    if (!values) continue;
    const retold = Object.entries(values).map(([name, value]) => ({
      name,
      ...((depth > 0 && !isSmall && mayBeSaid(value, english) && retellPart(value, locale, depth - 1)) || {
        said: value,
        known: 0,
      }),
    }));
    const all = retold.reduce((sum, value) => sum + value.known, known);
    if (best && best.known >= all) continue;
    const filled = new Map(retold.map((value) => [value.name, value.said]));
    best = { said: said.replace(/\{(\d+)\}/g, (_, index: string) => filled.get(`v${index}`) ?? ""), known: all };
  }
  return best;
}

/** A sentence within another may have lost its capital, or be one of a list. */
function retellPart(english: string, locale: Exclude<Locale, "en">, depth: number): Retold | undefined {
  const capital = english[0]!.toUpperCase() + english.slice(1);
  return (
    retell(english, locale, depth) ??
    (capital === english ? undefined : retell(capital, locale, depth)) ??
    retellList(english, locale, depth)
  );
}

/** A list, with semicolons, of which every part is known; names stay together as they are. */
function retellList(english: string, locale: Exclude<Locale, "en">, depth: number): Retold | undefined {
  const [first, ...others] = english.split("; ");
  if (others.length === 0) return undefined;
  const told = [first!, ...others].map((part) => (part === "" ? undefined : retellPart(part, locale, depth)));
  if (!told.every((part) => part !== undefined)) return undefined;
  const said = told.map((part) => part.said).join(catalogues[locale]["; "] ?? "; ");
  return { said, known: told.reduce((sum, part) => sum + part.known, 0) };
}

/** Names are no sentences, whatever they are. */
function mayBeSaid(value: string, text: string): boolean {
  return value.split(" ").length >= (text.startsWith(value) ? 2 : 4);
}

/**
 * Those that begin with words of their own come first; others need many of them, as "{0}: {1}" would fit any text. Of two
 * values at the end nothing tells where the first one ends.
 */
function templatesOf(locale: Exclude<Locale, "en">): Template[] {
  return (templates[locale] ??= Object.entries(catalogues[locale])
    .filter(([english]) => /^[^{]+\{\d+\}/.test(english) || (english.startsWith("{0}") && wordsOf(english) >= 14))
    .filter(([english]) => !/\} \{\d+\}$/.test(english))
    .map(([english, said]) => {
      const parts = english.split(/\{\d+\}/);
      const longest = parts.reduce((found, part) => (part.length > found.length ? part : found));
      return { first: parts[0]!, longest, pattern: patternOf(english), said, known: wordsOf(english) };
    })
    .sort((a, b) => Number(a.first === "") - Number(b.first === "")));
}

function wordsOf(template: string): number {
  return template.replace(/\{\d+\}/g, "").length;
}

/** A value may be anything, but what stands in parentheses closes no more of them than it opens. */
function patternOf(template: string): RegExp {
  const parts = template.split(/\{(\d+)\}/);
  const source = parts.map((part, at) => {
    if (at % 2 === 0) return part.replaceAll(/[\^$\\.*+?()[\]{}|/]/g, String.raw`\$&`);
    return `(?<v${part}>${parts[at + 1]!.startsWith(")") ? String.raw`(?:[^()]|\([^()]*\))+` : ".+"})`;
  });
  return new RegExp(`^${source.join("")}$`, "s");
}

function lookUp(english: string): string {
  const locale = activeLocale();
  return locale === "en" ? english : (catalogues[locale][english] ?? english);
}
