import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { differenceOf, placesOf } from "./checks/arguments";
import { findBareTexts } from "./checks/bare-texts";
import { catalogues, flatten } from "./checks/coverage";
import { exempt, names } from "./checks/names";
import { findAllTexts, findSaid, findZodMessages, isSameSentence, type SaidText } from "./checks/said-texts";
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

/** Whether a file says nothing to people of the site. */
function isExempt(file: string): boolean {
  return Object.keys(exempt).some((start) => file.startsWith(start));
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
      .filter(({ file }) => !isExempt(file))
      .flatMap((source) => [...findSaid(source), ...findZodMessages(source)]);
    const missing = texts.filter(
      ({ text }) => !(text in chinese.said) && !inCatalogue.some((own) => isSameSentence(own, text)),
    );
    expectNone(missing.map(({ place, text }) => `${place} says ${text}`));
  });

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
  const bare = sources.filter(({ file }) => !isExempt(file)).flatMap(findBareTexts);
  const lastParts = new Set([...english.keys()].map((key) => key.split(".").at(-1)));
  const isKey = ({ text, isProperty }: { text: string; isProperty: boolean }) => isProperty && lastParts.has(text);
  expectNone(bare.filter((one) => !(one.text in names) && !isKey(one)).map(({ place, text }) => `${place} ${text}`));
});
