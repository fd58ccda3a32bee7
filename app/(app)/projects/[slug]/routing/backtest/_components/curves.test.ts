import { expect, test } from "vitest";
import type { BacktestCurve } from "@/lib/routing/fits/schema";
import { costAt, figureAt, gainOver, roundTicks, shareAtCost } from "./curves";

const point = (humanShare: number, value: number, costMicros: number | null) => ({
  humanShare,
  labelAccuracy: { value, interval: [value - 0.02, value + 0.04] as [number, number] },
  rewardAccuracy: null,
  rewardLogLikelihood: null,
  costMicros,
});
const curve: BacktestCurve = {
  policy: "learned",
  points: [point(0, 0.7, 1000), point(0.1, 0.8, 2000), point(0.5, 0.9, 10_000)],
};

test("between two measured shares a figure and its interval lie on the straight line", () => {
  const figure = figureAt(curve, 0.3, "labelAccuracy")!;
  expect(figure.value).toBeCloseTo(0.85);
  expect(figure.interval![0]).toBeCloseTo(0.83);
  expect(figure.interval![1]).toBeCloseTo(0.89);
  expect(costAt(curve, 0.3)).toBeCloseTo(6000);
});

test("at a measured share the figure is the measured one, and beyond the last there is none", () => {
  expect(figureAt(curve, 0, "labelAccuracy")!.value).toBe(0.7);
  expect(figureAt(curve, 0.1, "labelAccuracy")!.value).toBeCloseTo(0.8);
  expect(figureAt(curve, 0.6, "labelAccuracy")).toBeNull();
  expect(figureAt(curve, 0.1, "rewardAccuracy")).toBeNull();
});

test("a cost finds its share, at most that of the last point and none without prices", () => {
  expect(shareAtCost(curve, 6000)).toBeCloseTo(0.3);
  expect(shareAtCost(curve, 10)).toBe(0);
  expect(shareAtCost(curve, 1e9)).toBe(0.5);
  expect(shareAtCost({ policy: "random", points: [point(0, 0.7, null)] }, 1)).toBeNull();
  expect(costAt({ policy: "random", points: [point(0, 0.7, null)] }, 0)).toBeNull();
});

test("a difference is as uncertain as two independent figures, each on its own side", () => {
  const gain = gainOver({ value: 0.8, interval: [0.77, 0.84] }, { value: 0.7, interval: [0.67, 0.74] });
  expect(gain.value).toBeCloseTo(0.1);
  expect(gain.interval![0]).toBeCloseTo(0.05);
  expect(gain.interval![1]).toBeCloseTo(0.15);
  expect(gainOver({ value: 1, interval: null }, { value: 0, interval: [0, 0] }).interval).toBeNull();
});

test("ticks are round and enclose what they are asked to", () => {
  expect(roundTicks(0.712, 0.834, 4)).toEqual([0.7, 0.75, 0.8, 0.85]);
  expect(roundTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(roundTicks(-0.69, -0.61, 4)).toEqual([-0.7, -0.68, -0.66, -0.64, -0.62, -0.6]);
  expect(roundTicks(3, 3, 4)).toHaveLength(2);
});
