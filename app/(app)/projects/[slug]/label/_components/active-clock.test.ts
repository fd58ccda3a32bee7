import { expect, test } from "vitest";
import { idleAfterMs, startActiveClock } from "./active-clock";

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

test("a page that is opened in the background counts from when it is shown", () => {
  const clock = startActiveClock(100, 0, false);
  clock.input(1000);
  expect(clock.read(5000)).toBe(100);
  clock.show(10_000);
  expect(clock.read(12_000)).toBe(2100);
});

test("a page that was left while nobody was at it counts neither the wait nor the time out of sight", () => {
  const clock = startActiveClock(0, 0);
  clock.input(10_000);
  clock.hide(100_000);
  clock.input(100_500);
  clock.show(200_000);
  expect(clock.read(203_000)).toBe(13_000);
  clock.show(204_000);
  expect(clock.read(205_000)).toBe(15_000);
});

test("exactly a minute of reading counts, a moment more does not", () => {
  const clock = startActiveClock(0, 0);
  clock.input(idleAfterMs);
  expect(clock.read(idleAfterMs)).toBe(idleAfterMs);
  clock.input(2 * idleAfterMs + 1);
  expect(clock.read(2 * idleAfterMs + 1)).toBe(idleAfterMs);
});
