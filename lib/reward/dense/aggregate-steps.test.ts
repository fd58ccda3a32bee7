import { expect, test } from "vitest";
import { aggregateSteps } from "./aggregate-steps";
import { stepAggregations } from "./schema";

const good = [0.9, 0.2, 0.7];

test("each rule has its known answer", () => {
  expect(aggregateSteps(good, "soft-min", { temperature: 1 })).toBeCloseTo(0.5095, 4);
  expect(aggregateSteps(good, "soft-min", { temperature: 0.1 })).toBeCloseTo(0.204, 4);
  expect(aggregateSteps(good, "soft-min")).toBe(aggregateSteps(good, "soft-min", { temperature: 0.1 }));
  expect(aggregateSteps(good, "min")).toBe(0.2);
  expect(aggregateSteps(good, "product")).toBeCloseTo(0.126, 12);
  expect(aggregateSteps(good, "mean")).toBeCloseTo(0.6, 12);
  expect(aggregateSteps(good, "last")).toBe(0.7);
});

test("soft-min goes from the minimum to the mean as its temperature rises, and never overflows", () => {
  expect(aggregateSteps(good, "soft-min", { temperature: 1e-6 })).toBeCloseTo(0.2, 9);
  expect(aggregateSteps(good, "soft-min", { temperature: 1e6 })).toBeCloseTo(0.6, 6);
  expect(() => aggregateSteps(good, "soft-min", { temperature: 0 })).toThrow("above 0");
});

test("one step is its own score by every rule, and none has no score", () => {
  for (const by of stepAggregations) {
    expect(aggregateSteps([0.3], by)).toBeCloseTo(0.3, 12);
    expect(aggregateSteps([], by)).toBeNull();
  }
});
