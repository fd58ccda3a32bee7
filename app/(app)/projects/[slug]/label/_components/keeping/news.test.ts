import { expect, test } from "vitest";
import { translatorOf } from "@/lib/testing/translator";
import { wordMoment } from "./moment";
import { wordNews, type News } from "./news";

const word = (news: News) => wordNews(news, () => "12:04", translatorOf("label"));

test("what was sent is counted in words", () => {
  expect(word({ kind: "sent", submissions: 1, skips: 0 })).toBe("1 submission from before was sent.");
  expect(word({ kind: "sent", submissions: 2, skips: 1 })).toBe("2 submissions and 1 skip from before were sent.");
  expect(word({ kind: "sent", submissions: 0, skips: 1 })).toBe("1 skip from before was sent.");
  expect(word({ kind: "returned", count: 2 })).toContain("they are on the screen");
});

test("a draft says from when it is and why it is not on the screen", () => {
  expect(word({ kind: "back", at: "" })).toBe("Your draft from 12:04 is back.");
  const apart = (state: "expired" | "released" | "skipped" | "submitted") =>
    word({ kind: "apart", assignmentId: "a", at: "", state });
  expect([apart("expired"), apart("skipped"), apart("submitted")]).toEqual([
    expect.stringContaining("your time on its instance ran out"),
    expect.stringContaining("you skipped its instance"),
    expect.stringContaining("correction from 12:04"),
  ]);
});

test("a moment of today is a time, another one has its day", () => {
  const now = new Date(2026, 10, 26, 15, 0);
  expect(wordMoment(new Date(2026, 10, 26, 12, 4).toISOString(), "en", now)).toBe("12:04");
  expect(wordMoment(new Date(2026, 10, 25, 12, 4).toISOString(), "en", now)).toBe("25 Nov, 12:04");
});
