import { expect, test } from "vitest";
import { laneUnder } from "./lane-under";

const lanes = [0, 1, 2].map((n) => ({ left: 50 * n, right: 50 * n + 44, top: 100, bottom: 130 }));

test("a card falls into the lane under it, also from a little above or below", () => {
  expect(laneUnder(lanes, { x: 0, y: 110 })).toBe(0);
  expect(laneUnder(lanes, { x: 93, y: 129 })).toBe(1);
  expect(laneUnder(lanes, { x: 110, y: 70 })).toBe(2);
  expect(laneUnder(lanes, { x: 110, y: 160 })).toBe(2);
});

test("beside, between and far from the lanes it falls into none", () => {
  for (const point of [
    { x: -1, y: 110 },
    { x: 46, y: 110 },
    { x: 144, y: 110 },
    { x: 10, y: 67 },
    { x: 10, y: 162 },
  ])
    expect(laneUnder(lanes, point)).toBeNull();
  expect(laneUnder([], { x: 0, y: 0 })).toBeNull();
});
