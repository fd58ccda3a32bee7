import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { inLocale, sayText } from "@/lib/say";
import { differenceOf, placesOf } from "./checks/arguments";
import { findBareTexts } from "./checks/bare-texts";
import { catalogues, flatten } from "./checks/coverage";
import { exempt, names, unshown, unshownSentences, untagged } from "./checks/names";
import { findPlainSentences } from "./checks/plain-sentences";
import { findAllTexts, findSaid, findZodMessages, isPartOf, isSameSentence, type SaidText } from "./checks/said-texts";
import { readSources, type Source } from "./checks/sources";
import { findUsedKeys, usageOf, type UsedKey } from "./checks/used-keys";

const english = flatten(catalogues.en.texts);
const { "zh-Hans": chinese, ar: arabic } = catalogues;

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

describe("the texts of a language", () => {
  it("are the English ones in Chinese, each with its values and tags", () => {
    const own = flatten(chinese.texts);
    expectNone([...english.keys()].filter((key) => !own.has(key)).map((key) => `${key.split(".")[0]}: ${key} lacks`));
    expectNone(differing(own));
  });

  it("are some of the English ones in Arabic, each with its values and tags", () => {
    expectNone(differing(flatten(arabic.texts)));
  });

  function differing(own: Map<string, string>): string[] {
    return [...own].flatMap(([key, message]) => {
      const room = key.split(".")[0];
      const original = english.get(key);
      if (original === undefined) return [`${room}: ${key} is not in English`];
      const difference = differenceOf(message, original);
      return difference === undefined ? [] : [`${room}: ${key} ${difference}`];
    });
  }
});

describe("the sentences made in lib", () => {
  const inCatalogue = Object.keys(chinese.said);

  it("are all there in Chinese, and so are the messages of schemas", () => {
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
      .filter(({ text }) => text in chinese.said);
    const fill = (text: string) => text.replaceAll(/\{(\d+)\}/g, "$17");
    const lost = stored.filter(
      ({ text }) => inLocale("zh-Hans", () => sayText(fill(text))) !== fill(chinese.said[text]!),
    );
    expectNone(lost.map(({ place, text }) => `${place} cannot be found by ${text}`));
  });

  function isKnown(text: string): boolean {
    return text in chinese.said || inCatalogue.some((own) => isSameSentence(own, text));
  }

  it.each(["zh-Hans", "ar"] as const)("are each said somewhere, with their values, in %s", (locale) => {
    const texts = [...new Set(sources.flatMap(findAllTexts))];
    const exact = new Set(texts);
    const { said } = catalogues[locale];
    const unused = Object.keys(said).filter(
      (own) => !exact.has(own) && !texts.some((text) => isSameSentence(own, text)),
    );
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
