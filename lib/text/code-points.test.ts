import fc from "fast-check";
import { expect, test } from "vitest";
import { codePointLength, makeCodePointCounter, makeUtf16Finder, toCodePoint, toUtf16 } from "./code-points";

const family = "👩‍👩‍👧";

test("an emoji of several parts counts as its parts, each of them once", () => {
  expect(codePointLength(family)).toBe(5);
  expect(toCodePoint(`a${family}b`, 9)).toBe(6);
  expect(toUtf16(`a${family}b`, 6)).toBe(9);
});

test("an offset inside a surrogate pair is that of the pair", () => {
  expect(toCodePoint("a😀b", 2)).toBe(1);
  expect(toCodePoint("a😀b", 3)).toBe(2);
});

test("half of a pair is a character of its own, and nothing is behind the end", () => {
  expect(codePointLength("\ud83dx\ude00")).toBe(3);
  expect(toUtf16("ab", 9)).toBe(2);
});

test("both directions agree with the language's own way to count", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const points = [...text];
      const starts = points.map((_, index) => points.slice(0, index).join("").length);
      const indexes = points.map((_, index) => index);
      expect(starts.map((at) => toCodePoint(text, at))).toEqual(indexes);
      expect(starts.map(makeCodePointCounter(text))).toEqual(indexes);
      expect(indexes.map((index) => toUtf16(text, index))).toEqual(starts);
      expect(indexes.map(makeUtf16Finder(text))).toEqual(starts);
      expect(codePointLength(text)).toBe(points.length);
    }),
  );
});
