import { expect, test } from "vitest";
import { translatorOf } from "@/lib/testing/translator";
import { numbersOf } from "./numbers";
import { wordDuration } from "./word-duration";

const worded = (ms: number, options = {}) =>
  wordDuration(ms, numbersOf("en"), translatorOf("ui.duration"), options).replaceAll("\u00a0", " ");

test.each([
  [0, "0 s"],
  [17_400, "17 s"],
  [59_499, "59 s"],
  [59_500, "1 min"],
  [61_000, "1 min 1 s"],
  [3_599_499, "59 min 59 s"],
  [3_599_500, "1 h"],
  [3_629_000, "1 h"],
  [7_500_000, "2 h 5 min"],
  [5_400_000_000, "1,500 h"],
])("%d ms are %s", (ms, words) => {
  expect(worded(ms)).toBe(words);
});

test.each([
  [0, "0.0 s"],
  [8_449, "8.4 s"],
  [59_949, "59.9 s"],
  [59_950, "1 min"],
  [61_000, "1 min 1 s"],
])("with tenths %d ms are %s", (ms, words) => {
  expect(worded(ms, { withTenths: true })).toBe(words);
});
