import { expect, test } from "vitest";
import golden from "./overlap-golden.json";
import { jaccard, rougeL, tokenF1 } from "./overlap";
import { tokenSimilarity } from "./token-similarity";
import { wordsOf } from "./words";

test.each(golden)("ROUGE and the matching of BERTScore are those of their authors: $a", ({ a, b, ...known }) => {
  const [x, y] = [wordsOf(a), wordsOf(b)];
  expect(tokenF1(x, y)).toBeCloseTo(known.tokenF1, 12);
  expect(rougeL(x, y)).toBeCloseTo(known.rougeL, 12);
  // The encoder's numbers are in float32.
  expect(tokenSimilarity(x, y)).toBeCloseTo(known.tokenSimilarity, 6);
  expect(tokenSimilarity(y, x)).toBeCloseTo(known.tokenSimilarity, 6);
});

test("two empty texts are the same, and an empty one is like no other", () => {
  for (const measure of [tokenF1, rougeL, tokenSimilarity]) {
    expect(measure([], [])).toBe(1);
    expect(measure(["a"], [])).toBe(0);
    expect(measure([], ["a"])).toBe(0);
  }
  expect(jaccard(new Set(), new Set())).toBe(1);
  expect(jaccard(new Set(["a", "b"]), new Set(["b", "c", "d"]))).toBe(1 / 4);
});

test("words of another inflection are alike, and those of the same letters are not the same", () => {
  const similarity = (a: string, b: string) => tokenSimilarity([a], [b]);
  expect(similarity("converted", "converts")).toBeGreaterThan(0.4);
  expect(similarity("converted", "oxygen")).toBeLessThan(0.2);
  expect(similarity("converted", "converted")).toBeCloseTo(1, 6);
});
