import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { inLocale, sayText } from "@/lib/say";
import { locales } from "@/lib/text/locales";
import { differenceOf, placesOf } from "./checks/arguments";
import { findBareTexts } from "./checks/bare-texts";
import { catalogues, flatten } from "./checks/coverage";
import { exempt, names, unshown, unshownSentences, untagged } from "./checks/names";
import { findPlainSentences } from "./checks/plain-sentences";
import { findAllTexts, findSaid, findZodMessages, isPartOf, isSameSentence, type SaidText } from "./checks/said-texts";
import { readSources, type Source } from "./checks/sources";
import { findUsedKeys, usageOf, type UsedKey } from "./checks/used-keys";

const english = flatten(catalogues.en.texts);
const others = locales.filter((locale) => locale !== "en");

let sources: Source[];
beforeAll(() => {
  sources = readSources(path.join(import.meta.dirname, ".."));
});

/** Fails with the faults and, of many, with their number by folder. */
function expectNone(faults: string[]): void {
  const byFolder = new Map<string, number>();
  for (const fault of faults) {
    const folder = fault.split(":")[0]!.split("/").slice(0, 5).join("/");
    byFolder.set(folder, (byFolder.get(folder) ?? 0) + 1);
  }
  const counts = [...byFolder].map(([folder, count]) => `${count} in ${folder}`);
  expect(faults, [...faults, "", ...counts].join("\n")).toEqual([]);
}

function roomOf(key: string): string {
  return key.split(".")[0]!;
}

/** Whether a file is one of these, or in one of these folders. */
function isAmong(file: string, starts: Record<string, string>): boolean {
  return Object.keys(starts).some((start) => file.startsWith(start));
}

describe("the keys of the catalogues", () => {
  let used: UsedKey[];
  beforeAll(() => {
    used = sources.flatMap(findUsedKeys);
  });

  it("are all there that a page asks for", () => {
    const all = [...english.keys()];
    const missing = used
      .filter(({ isAnywhere }) => !isAnywhere)
      .filter(({ key, isPrefix }) => (isPrefix ? !all.some((one) => one.startsWith(key)) : !english.has(key)));
    expectNone(missing.map(({ place, key }) => `${place} asks for ${key}`));
  });

  it("are each asked for somewhere", () => {
    const isUsed = usageOf(used);
    const idle = [...english.keys()].filter((key) => !isUsed(key));
    expectNone(idle.map((key) => `${key.split(".")[0]}: nothing asks for ${key}`));
  });
});

describe.each(others)("the texts in %s", (locale) => {
  it("are the English ones, each with its values and tags", () => {
    const own = flatten(catalogues[locale].texts);
    expectNone([...english.keys()].filter((key) => !own.has(key)).map((key) => `${roomOf(key)}: ${key} lacks`));
    const differing = [...own].flatMap(([key, message]) => {
      const original = english.get(key);
      if (original === undefined) return [`${roomOf(key)}: ${key} is not in English`];
      const difference = differenceOf(message, original);
      return difference === undefined ? [] : [`${roomOf(key)}: ${key} ${difference}`];
    });
    expectNone(differing);
  });
});

describe.each(others)("the sentences made in lib, in %s", (locale) => {
  const { said } = catalogues[locale];
  const inCatalogue = Object.keys(said);
  const isKnown = (text: string) => text in said || inCatalogue.some((own) => isSameSentence(own, text));

  it("are all there, and so are the messages of schemas", () => {
    const texts: SaidText[] = sources
      .filter(({ file }) => !isAmong(file, exempt))
      .flatMap((source) => [...findSaid(source), ...findZodMessages(source)]);
    expectNone(texts.filter(({ text }) => !isKnown(text)).map(({ place, text }) => `${place} says ${text}`));
  });

  it("are all there also where they stand untagged, to be told when they are read", () => {
    const plain = sources
      .filter(({ file }) => /^(lib|workers)\//.test(file) && !isAmong(file, unshown))
      .flatMap(findPlainSentences)
      .filter(({ text }) => !(text in unshownSentences));
    const missing = plain.filter(({ text }) => !isKnown(text) && !inCatalogue.some((own) => isPartOf(own, text)));
    expectNone(missing.map(({ place, text }) => `${place} has ${text}`));
  });

  it("are found by their words when they are read, with their values", () => {
    const stored = sources
      .filter(({ file }) => /^(lib|workers)\//.test(file))
      .flatMap(findPlainSentences)
      .filter(({ text }) => text in said);
    const fill = (text: string) => text.replaceAll(/\{(\d+)\}/g, "$17");
    const lost = stored.filter(({ text }) => inLocale(locale, () => sayText(fill(text))) !== fill(said[text]!));
    expectNone(lost.map(({ place, text }) => `${place} cannot be found by ${text}`));
  });

  it("are each said somewhere, with their values", () => {
    const texts = [...new Set(sources.flatMap(findAllTexts))];
    const exact = new Set(texts);
    const unused = inCatalogue.filter((own) => !exact.has(own) && !texts.some((text) => isSameSentence(own, text)));
    expectNone(unused.map((own) => `${locale}: nothing says ${own}`));
    const differing = Object.entries(said).filter(([own, text]) => placesOf(own).join() !== placesOf(text).join());
    expectNone(differing.map(([own, text]) => `${locale}: ${text} has other values than ${own}`));
  });
});

it("no text for people stands in the code", () => {
  const bare = sources.filter(({ file }) => !isAmong(file, { ...exempt, ...untagged })).flatMap(findBareTexts);
  const lastParts = new Set([...english.keys()].map((key) => key.split(".").at(-1)));
  const isKey = ({ text, isProperty }: { text: string; isProperty: boolean }) => isProperty && lastParts.has(text);
  expectNone(bare.filter((one) => !(one.text in names) && !isKey(one)).map(({ place, text }) => `${place} ${text}`));
});
