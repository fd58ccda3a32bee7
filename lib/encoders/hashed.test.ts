import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeHashed } from "./hashed";
import golden from "./hashed-golden.json";
import { writeDense, type SparseVector } from "./sparse";

const lengthOf = ({ values }: SparseVector): number => Math.hypot(...values);
const cosine = (a: string, b: string): number => {
  const [x, y] = [a, b].map((text) => {
    const dense = new Float32Array(1024);
    writeDense(encodeHashed(text), dense, 0, 1024);
    return dense;
  });
  return x!.reduce((sum, value, i) => sum + value * y![i]!, 0);
};

test.each(golden)("encodes $text as an independent implementation does", ({ text, features }) => {
  const { indices, values } = encodeHashed(text);
  expect(Array.from(indices, String)).toEqual(Object.keys(features));
  Object.values(features).forEach((value, i) => expect(values[i]).toBeCloseTo(value, 6));
});

test("any text gives the same vector again, of length 1, with ascending indices", () => {
  const property = fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
    const vector = encodeHashed(text);
    expect(encodeHashed(text)).toEqual(vector);
    expect(Array.from(vector.indices)).toEqual(Array.from(vector.indices).sort((a, b) => a - b));
    if (vector.indices.length > 0) expect(lengthOf(vector)).toBeCloseTo(1, 5);
  });
  fc.assert(property, { seed: 1, numRuns: 100 });
});

test("a text without any n-gram is the zero vector", () => {
  for (const text of ["", "   \n\t"]) expect(encodeHashed(text).indices).toHaveLength(0);
  expect(encodeHashed("!").indices).toHaveLength(1);
});

test("case, width of letters and runs of white space make no difference", () => {
  expect(encodeHashed("Ｈｅｌｌｏ   World\n")).toEqual(encodeHashed("hello world"));
});

test("a lone surrogate is a character like another", () => {
  expect(lengthOf(encodeHashed("ok \ud83d ok"))).toBeCloseTo(1, 5);
});

test("texts that share words are nearer than texts that do not", () => {
  expect(cosine("the cat sat on the mat", "the cat lay on the mat")).toBeGreaterThan(0.5);
  expect(Math.abs(cosine("the cat sat on the mat", "quarterly revenue grew briskly"))).toBeLessThan(0.2);
});

test("a wider vector spreads the same n-grams over more features", () => {
  const text = "Features share a place by chance, and the wider the vector the less often they do so.";
  expect(encodeHashed(text, 2048).indices.length).toBeGreaterThan(encodeHashed(text).indices.length);
});

test("writing a dense vector clears what stood there and nothing else", () => {
  const target = new Float32Array(6).fill(9);
  writeDense({ indices: Uint16Array.of(1), values: Float32Array.of(0.5) }, target, 2, 3);
  expect(Array.from(target)).toEqual([9, 9, 0, 0.5, 0, 9]);
});
