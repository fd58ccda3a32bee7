import { expect, test } from "vitest";
import { wilson } from "./wilson";

test("the interval is that of statsmodels' proportion_confint with method wilson", () => {
  const some = wilson(3, 20)!;
  expect(some.value).toBe(0.15);
  expect(some.low).toBeCloseTo(0.052369, 5);
  expect(some.high).toBeCloseTo(0.360416, 5);
});

test("it has a width where nothing or everything succeeds, and mirrors", () => {
  const [none, all] = [wilson(0, 10)!, wilson(10, 10)!];
  expect(none).toMatchObject({ value: 0, low: 0 });
  // z² / (n + z²)
  expect(none.high).toBeCloseTo(3.841459 / 13.841459, 6);
  expect(all.low).toBeCloseTo(1 - none.high, 12);
  expect(all.high).toBe(1);
});

test("without trials there is none", () => {
  expect(wilson(0, 0)).toBeNull();
});
