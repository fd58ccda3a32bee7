import { expect, test } from "vitest";
import { learningRateAt, rewardDefaults, stepPairs } from "./config";
import { bootstrapCounts, drawAtMost, normal, randomOrder, streamFor } from "./sampling";

test("streams depend on seed, purpose and place, and on nothing else", () => {
  const first = (seed: number, place: number): number => streamFor(seed, "order", place)();
  expect(first(1, 2)).toBe(first(1, 2));
  expect(new Set([first(1, 2), first(1, 3), first(2, 2), streamFor(1, "mask", 2)()]).size).toBe(4);
});

test("a bootstrap draws as many groups as there are", () => {
  const counts = bootstrapCounts([4, 4, 7, 9, 9, 9], streamFor(1, "bootstrap"));
  expect([...counts.keys()]).toEqual([4, 7, 9]);
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(3);
});

test("an order holds each number once", () => {
  const order = randomOrder(100, streamFor(1, "order"));
  expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  expect(Array.from(order)).not.toEqual(Array.from({ length: 100 }, (_, i) => i));
});

test("normal numbers have mean 0 and deviation 1", () => {
  const random = streamFor(1, "start");
  const values = Array.from({ length: 20_000 }, () => normal(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  expect(mean).toBeCloseTo(0, 1);
  expect(variance).toBeCloseTo(1, 1);
});

test("the learning rate rises over the warm-up and falls to almost nothing", () => {
  const rates = Array.from({ length: 100 }, (_, i) => learningRateAt(i + 1, 100, rewardDefaults));
  expect(rates[0]).toBeCloseTo(rewardDefaults.learningRate / 3, 12);
  expect(Math.max(...rates)).toBeCloseTo(rewardDefaults.learningRate, 12);
  expect(rates.indexOf(Math.max(...rates))).toBe(2);
  expect(rates.at(-1)).toBeLessThan(rewardDefaults.learningRate / 100);
  expect(rates.at(-1)).toBeGreaterThan(0);
});

test("few pairs are learned in at least eight steps an epoch", () => {
  expect(stepPairs(10_000, rewardDefaults)).toBe(1024);
  expect(stepPairs(80, rewardDefaults)).toBe(10);
  expect(stepPairs(3, rewardDefaults)).toBe(1);
});

test("at most so many values are drawn, each at most once and in their order", () => {
  const values = Array.from({ length: 50 }, (_, i) => i);
  const drawn = drawAtMost(values, 20, streamFor(1, "order"));
  expect(drawn).toHaveLength(20);
  expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
  expect(drawAtMost(values, 50, streamFor(1, "order"))).toEqual(values);
  expect(drawAtMost(values, 80, streamFor(1, "order"))).toEqual(values);
});
