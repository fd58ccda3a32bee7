import { expect, test } from "vitest";
import { findMatches } from "./find-matches";

const found = (text: string, wanted: string) =>
  findMatches(text, wanted).map(({ start, end }) => text.slice(start, end));

test("words are found in any case, over line ends, and one after the other", () => {
  expect(found("True answers. Be true.", "true")).toEqual(["True", "true"]);
  expect(found("Prefer true\n  answers", " TRUE  answers ")).toEqual(["true\n  answers"]);
  expect(found("aaaa", "aa")).toEqual(["aa", "aa"]);
  expect(found("ÄRGER und ärger", "ärger")).toEqual(["ÄRGER", "ärger"]);
  expect(findMatches("😀 ok", "ok")).toEqual([{ start: 3, end: 5 }]);
});

test("nothing is found for nothing, and signs are signs", () => {
  expect(found("text", "  ")).toEqual([]);
  expect(found("1 + 1 = (2)? [a]|b/c\\d", "(2)?")).toEqual(["(2)?"]);
  expect(found("1 + 1 = (2)? [a]|b/c\\d", "[a]|b/c\\d")).toEqual(["[a]|b/c\\d"]);
  expect(found("abc", ".")).toEqual([]);
});
