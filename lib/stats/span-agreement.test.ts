import { expect, test } from "vitest";
import { pointF1, spanF1 } from "./span-agreement";

const span = (start: number, end: number, category = "a") => ({ start, end, category });

test("code points count once, whatever their category", () => {
  // 10 and 8 code points, 6 of them shared.
  expect(pointF1([span(0, 6), span(4, 10)], [span(4, 12, "b")])).toBeCloseTo(12 / 18, 10);
  expect(pointF1([], [])).toBe(1);
  expect(pointF1([], [span(0, 3)])).toBe(0);
});

test("spans match one to one where category and half of their extent are alike", () => {
  expect(spanF1([span(0, 10)], [span(0, 5)])).toBe(1);
  expect(spanF1([span(0, 10)], [span(0, 4)])).toBe(0);
  expect(spanF1([span(0, 10)], [span(0, 10, "b")])).toBe(0);
  // Both of the one match the same span of the other, which goes to the better.
  expect(spanF1([span(0, 10), span(1, 10)], [span(1, 10)])).toBeCloseTo(2 / 3, 10);
  expect(spanF1([], [])).toBe(1);
});
