import { expect, test } from "vitest";
import { sideFeatures } from "./side-features";

const counts = (text: string): number[] => sideFeatures(text).map((value) => Math.round(Math.expm1(value)));

test("length counts code points", () => {
  expect(counts("")).toEqual([0, 0, 0, 0]);
  expect(counts("ab😀")).toEqual([3, 0, 0, 0]);
  expect(sideFeatures("ab😀")[0]).toBe(Math.log(4));
});

test("counts list items, headers and bold passages in Markdown", () => {
  const text = "# Title\n\n1. **one**\n2) two\n- three\n  * __four__ and **five**\n### Sub\n";
  expect(counts(text).slice(1)).toEqual([4, 2, 3]);
});

test("is not misled by what only looks like a mark", () => {
  expect(counts("-5 degrees, #hashtag, 2 * 3 ** 4, a * b").slice(1)).toEqual([0, 0, 0]);
  expect(counts("---\n1.5 metres\n** not bold **").slice(1)).toEqual([0, 0, 0]);
});
