import fc from "fast-check";
import { expect, test } from "vitest";
import { approximateMatches } from "./approximate-matches";

test.each([
  ["the cat sat on the mat", "cat sat", 1, ["cat sat"]],
  ["the cat sat on the mat", "cad sat", 1, ["cat sat"]],
  ["the cat sat on the mat", "catsat", 1, ["cat sat"]],
  ["the cat sat on the mat", "the dog", 2, []],
  ["abc abd abe", "abx", 1, ["abc", "abd", "abe"]],
  ["", "abc", 1, []],
])("in %j, %j is within %i of %j", (text, pattern, bound, expected) => {
  expect(approximateMatches(text, pattern, bound).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
});

test("it finds what a search of all stretches finds, with the least distance, none overlapping", () => {
  const letters = (maxLength: number, minLength = 0) =>
    fc.array(fc.constantFrom("a", "b", "c"), { minLength, maxLength }).map((all) => all.join(""));
  fc.assert(
    fc.property(letters(14), letters(6, 3), fc.nat(2), (text, pattern, bound) => {
      const matches = approximateMatches(text, pattern, bound);
      const least = Math.min(...stretchesOf(text).map((one) => editDistance(one, pattern)));
      expect(matches.length > 0).toBe(least <= bound);
      for (const { start, end } of matches) expect(editDistance(text.slice(start, end), pattern)).toBe(least);
      for (const [i, match] of matches.slice(1).entries()) expect(match.start).toBeGreaterThanOrEqual(matches[i]!.end);
    }),
  );
});

function stretchesOf(text: string): string[] {
  const ends = Array.from({ length: text.length + 1 }, (_, end) => end);
  return ends.flatMap((end) => ends.slice(0, end + 1).map((start) => text.slice(start, end)));
}

function editDistance(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const substituted = editDistance(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1);
  if (a[0] === b[0]) return substituted;
  return Math.min(substituted, editDistance(a.slice(1), b) + 1, editDistance(a, b.slice(1)) + 1);
}
