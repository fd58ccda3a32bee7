import { expect, test } from "vitest";
import { encodeHashed } from "@/lib/encoders/hashed";
import { differencesOf } from "./differences";

const row = ({ vectors, width }: { vectors: Float32Array; width: number }, at: number): Float32Array =>
  vectors.subarray(at * width, (at + 1) * width);
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

test("a pair is the first text less the second", () => {
  const read = [Float32Array.of(1, 2), Float32Array.of(0.5, -1), Float32Array.of(0, 0)];
  const pairs = [[0, 1] as const, [2, 0] as const];
  expect(differencesOf(read, 2, pairs)).toEqual({ vectors: Float32Array.of(0.5, 3, -1, -2), width: 2 });
});

test("few texts have as many columns as there are, and pairs their lengths and angles, also of texts that say the same", () => {
  const texts = ["Why is the sky blue?", "The sky is blue.", "The sky is blue.", "Because.", ""];
  const read = texts.map((text) => encodeHashed(text));
  const pairs = texts.flatMap((_, i) => texts.slice(i + 1).map((_, j) => [i, i + 1 + j] as const));
  const fewer = differencesOf(read, 1024, pairs);
  // Others take up the columns.
  const others = Array.from({ length: 1024 }, (_, i) => encodeHashed(`another ${i}`));
  const whole = differencesOf([...read, ...others], 1024, pairs);
  expect([fewer.width, whole.width]).toEqual([5, 1024]);
  for (const i of pairs.keys())
    for (const j of pairs.keys())
      expect(dot(row(fewer, i), row(fewer, j))).toBeCloseTo(dot(row(whole, i), row(whole, j)), 4);
});
