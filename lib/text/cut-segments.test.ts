import fc from "fast-check";
import { expect, test } from "vitest";
import { codePointLength, toUtf16 } from "./code-points";
import { cutSegments } from "./cut-segments";

const saidOf = (text: string): string[] => cutSegments(text).map((segment) => segment.text);

test("sentences are segments, without the blanks around them", () => {
  expect(cutSegments("  It rains.\n\nIt pours! ")).toEqual([
    { start: 2, end: 11, text: "It rains." },
    { start: 13, end: 22, text: "It pours!" },
  ]);
  expect(cutSegments("")).toEqual([]);
  expect(cutSegments(" \n")).toEqual([]);
});

test("a comma cuts where both sides have five words", () => {
  expect(saidOf("One two three four five, six seven eight nine ten.")).toEqual([
    "One two three four five,",
    "six seven eight nine ten.",
  ]);
  expect(saidOf("One two three four, five six seven eight nine.")).toHaveLength(1);
  expect(saidOf("One two three four five, six seven eight nine.")).toHaveLength(1);
});

test("parts that are too short go with the next, and numbers are not cut", () => {
  expect(saidOf("One, two, three four five six; seven eight nine ten eleven, twelve.")).toEqual([
    "One, two, three four five six;",
    "seven eight nine ten eleven, twelve.",
  ]);
  expect(saidOf("It cost us about 1,000,000 pounds in all that year.")).toHaveLength(1);
});

test("offsets count code points", () => {
  expect(cutSegments("😀 Yes. Then 😀 no.")).toEqual([
    { start: 0, end: 6, text: "😀 Yes." },
    { start: 7, end: 17, text: "Then 😀 no." },
  ]);
});

test("segments are in order, apart, and what their offsets say; nothing but blanks is between", () => {
  const word = fc.constantFrom("a", "long", "😀", ",", ";", "! ", "?", ". ", " ", "\n\n", "„x“", "(y)");
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => {
      const text = words.join(" ");
      let [before, covered] = [0, ""];
      for (const { start, end, text: said } of cutSegments(text)) {
        expect(start).toBeGreaterThanOrEqual(before);
        expect(text.slice(toUtf16(text, start), toUtf16(text, end))).toBe(said);
        covered += text.slice(toUtf16(text, before), toUtf16(text, start)).trim() + said;
        before = end;
      }
      expect(codePointLength(text)).toBeGreaterThanOrEqual(before);
      expect(covered.replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
    }),
  );
});
