import { expect, test } from "vitest";
import { translatorOf } from "@/lib/testing/translator";
import { wordNextTry } from "./next-try";

const t = translatorOf("judges.words");

test("a judge that stopped goes on by itself, but for one that was tried in vain", () => {
  const nextTryAt = "2026-12-01T00:00:00.000Z";
  expect(wordNextTry({ atCap: true, nextTryAt }, t)).toBe("It begins again by itself on 2026-12-01 at 00:00 UTC.");
  expect(wordNextTry({ atCap: true, nextTryAt: null }, t)).toBe(
    "It begins again by itself within a minute of a higher cap.",
  );
  expect(wordNextTry({ atCap: false, nextTryAt: null }, t)).toBe(
    "It was tried in vain for a day: start it on its page when the cause is mended.",
  );
});
