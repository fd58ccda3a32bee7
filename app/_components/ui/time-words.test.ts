import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { translatorOf } from "@/lib/testing/translator";
import { messagesOf } from "@/messages/messages";
import { numbersOf } from "./numbers";
import { wordDistance } from "./time-words";

const now = new Date("2026-11-26T12:00:00Z");

function englishOf(time: string): string {
  return wordDistance(new Date(time), now, numbersOf("en"), translatorOf("ui.time"));
}

test("times are told by their distance from now, in whole units that have passed", () => {
  expect(englishOf("2026-11-26T11:59:30Z")).toBe("just now");
  expect(englishOf("2026-11-26T11:54:01Z")).toBe("5 min ago");
  expect(englishOf("2026-11-26T09:00:01Z")).toBe("2 h ago");
  expect(englishOf("2026-11-24T11:00:00Z")).toBe("2 d ago");
});

test("what ends in seven days less a second ends in seven days", () => {
  expect(englishOf("2026-12-03T11:59:59Z")).toBe("in 7 d");
  expect(englishOf("2026-11-26T15:00:00Z")).toBe("in 3 h");
});

test("beyond two weeks the day is told, with the year where it is another one", () => {
  expect(englishOf("2026-11-03T12:00:00Z")).toBe("3 Nov");
  expect(englishOf("2025-11-03T12:00:00Z")).toBe("3 Nov 2025");
});

test("each language tells it in its own words", async () => {
  const inChinese = createTranslator({
    locale: "zh-Hans",
    messages: await messagesOf("zh-Hans"),
    namespace: "ui.time",
  });
  expect(wordDistance(new Date("2026-11-26T11:55:00Z"), now, numbersOf("zh-Hans"), inChinese)).toBe("5 分钟前");
  expect(wordDistance(new Date("2026-11-03T12:00:00Z"), now, numbersOf("zh-Hans"), inChinese)).toBe("11月3日");
});
