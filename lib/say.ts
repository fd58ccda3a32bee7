import { AsyncLocalStorage } from "node:async_hooks";
import ar from "@/messages/ar/said";
import zhHans from "@/messages/zh-Hans/said";
import type { Locale } from "@/lib/text/locales";

const catalogues: Record<Exclude<Locale, "en">, Record<string, string>> = { "zh-Hans": zhHans, ar };

const patterns: Partial<Record<Locale, { pattern: RegExp; said: string }[]>> = {};

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
 * The same for a text that was written down before any request came, such as a message in a zod schema. What stands in
 * it for a value, as in "must have at most 200 characters", may be a {0} in the catalogue.
 */
export function sayText(english: string): string {
  const locale = activeLocale();
  if (locale === "en") return english;
  const known = catalogues[locale][english];
  if (known !== undefined) return known;
  for (const { pattern, said } of patternsOf(locale)) {
    const values = pattern.exec(english)?.groups;
    if (values) return said.replace(/\{(\d+)\}/g, (_, index: string) => values[`v${index}`] ?? "");
  }
  return english;
}

/** The templates that begin with words of their own; others, such as "{0}: {1}", would fit any text. */
function patternsOf(locale: Exclude<Locale, "en">): { pattern: RegExp; said: string }[] {
  return (patterns[locale] ??= Object.entries(catalogues[locale])
    .filter(([english]) => /^[^{]+\{\d+\}/.test(english))
    .map(([english, said]) => {
      const source = english
        .split(/\{(\d+)\}/)
        .map((part, index) =>
          index % 2 === 0 ? part.replaceAll(/[\^$\\.*+?()[\]{}|/]/g, String.raw`\$&`) : `(?<v${part}>.+)`,
        )
        .join("");
      return { pattern: new RegExp(`^${source}$`, "s"), said };
    }));
}

function lookUp(english: string): string {
  const locale = activeLocale();
  return locale === "en" ? english : (catalogues[locale][english] ?? english);
}
