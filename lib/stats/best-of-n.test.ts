import { expect, test } from "vitest";
import { bestOfNDivergence, goldOfBestOfN } from "./best-of-n";

test("best of 2 of four samples weighs the better ones by how often they win", () => {
  expect(goldOfBestOfN([0.1, 0.5, 0.2, 0.9], 2)).toBeCloseTo(0.6, 12);
});

test("best of 1 is the mean, best of all is what the proxy likes best, best of more is nothing", () => {
  const gold = [0.1, 0.5, 0.2, 0.9];
  expect(goldOfBestOfN(gold, 1)).toBeCloseTo(0.425, 12);
  expect(goldOfBestOfN(gold, 4)).toBeCloseTo(0.9, 12);
  expect(goldOfBestOfN(gold, 5)).toBeNaN();
  expect(goldOfBestOfN([], 1)).toBeNaN();
});

test("the weights of any n sum to one, also among many samples", () => {
  const ones = new Float64Array(20_000).fill(1);
  for (const n of [1, 2, 17, 4096, 20_000]) expect(goldOfBestOfN(ones, n)).toBeCloseTo(1, 9);
});

test.each([
  [1, 0],
  [4, 0.6363],
  [16, 1.8351],
  [64, 3.1745],
])("best of %i costs %f nats", (n, nats) => {
  expect(bestOfNDivergence(n)).toBeCloseTo(nats, 4);
});
