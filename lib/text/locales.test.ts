import { describe, expect, it } from "vitest";
import { matchLocale } from "./locales";

describe("the language of a request", () => {
  it.each([
    [undefined, "en"],
    ["", "en"],
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"],
    ["de-DE, ar-EG;q=0.7, en;q=0.9", "en"],
    ["ar", "ar"],
    ["fr;q=0.8, zh-TW;q=0.5", "zh-Hans"],
    ["zh;q=0, en;q=0.1", "en"],
    ["*, garbage;;q=x", "en"],
  ])("takes from %j %s", (header, locale) => {
    expect(matchLocale(header)).toBe(locale);
  });
});
