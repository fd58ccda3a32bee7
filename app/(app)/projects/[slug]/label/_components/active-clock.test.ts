import { expect, test } from "vitest";
import { startActiveClock } from "./active-clock";

test("time counts from input to input, and up to now while the last is fresh", () => {
  const clock = startActiveClock(500, 0);
  clock.input(1000);
  clock.input(31_000);
  expect(clock.read(31_000)).toBe(31_500);
  expect(clock.read(40_000)).toBe(40_500);
});

test("a minute without input ends it, and that minute is not counted", () => {
  const clock = startActiveClock(0, 0);
  clock.input(10_000);
  expect(clock.read(200_000)).toBe(10_000);
  clock.input(200_000);
  expect(clock.read(200_000)).toBe(10_000);
  expect(clock.read(205_000)).toBe(15_000);
});

test("a page in the background does not count", () => {
  const clock = startActiveClock(0, 0);
  clock.hide(5000);
  expect(clock.read(9000)).toBe(5000);
  clock.show(60_000);
  clock.input(61_000);
  expect(clock.read(62_000)).toBe(7000);
});
