import { expect, test } from "vitest";
import { widenHalf } from "./half";

test("halves are widened: normal, subnormal, the largest, zeros, infinities and NaN", () => {
  const words = [0x3c00, 0xc000, 0x3555, 0x0001, 0x03ff, 0x7bff, 0x0000, 0x7c00, 0xfc00, 0x7e00];
  const expected = [1, -2, 0.333251953125, 2 ** -24, 1023 * 2 ** -24, 65504, 0, Infinity, -Infinity, NaN];
  expect(Array.from(widenHalf(Uint16Array.from(words)))).toEqual(expected);
  expect(widenHalf(Uint16Array.of(0x8000))[0]).toBe(-0);
});

test("a view of any class is widened by its bytes", () => {
  const { buffer } = Uint16Array.of(0, 0, 0x3c00, 0xc000, 0);
  expect(Array.from(widenHalf(new Float32Array(buffer.slice(0, 8))))).toEqual([0, 0, 1, -2]);
  expect(Array.from(widenHalf(new DataView(buffer, 4, 4)))).toEqual([1, -2]);
});
