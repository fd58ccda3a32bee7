import { expect, test } from "vitest";
import { encodeHashed } from "@/lib/encoders/hashed";
import { inFewDimensions } from "./few-dimensions";

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

test("lengths and angles stay in fewer dimensions, also of texts that say the same", () => {
  const texts = ["Why is the sky blue?", "The sky is blue.", "The sky is blue.", "Because.", ""];
  const dense = texts.map((text) => {
    const { indices, values } = encodeHashed(text);
    const row = new Float32Array(1024);
    indices.forEach((index, i) => (row[index] = values[i]!));
    return row;
  });
  const { vectors, width } = inFewDimensions(
    texts.map((text) => encodeHashed(text)),
    1024,
  );
  expect(width).toBe(5);
  for (const [i, a] of dense.entries())
    for (const [j, b] of dense.entries())
      expect(dot(vectors[i] as Float32Array, vectors[j] as Float32Array)).toBeCloseTo(dot(a, b), 4);
});

test("vectors that are more than their dimensions stay as they are", () => {
  const vectors = [Float32Array.of(1), Float32Array.of(2)];
  expect(inFewDimensions(vectors, 1)).toEqual({ vectors, width: 1 });
});
