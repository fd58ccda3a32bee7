import { expect, test } from "vitest";
import type { MarkedSpan } from "../questions/spans";
import { type Box, clipBox, joinBoxes, linePath, shapesAt, shapeSpans } from "./span-shapes";

const box = (left: number, right: number, top = 0, bottom = 20): Box => ({ left, top, right, bottom });
const span = (start: number, end: number): MarkedSpan => ({ on: 0, start, end, category: "c" });
const drawn = (start: number, end: number, isRightToLeft = false) => ({
  ...{ span: span(start, end), boxes: [box(start * 10, end * 10)], isRightToLeft },
});

test("boxes in one line become one, those of other lines and empty ones do not", () => {
  expect(joinBoxes([box(0, 10), box(10, 10), box(12, 30, 2, 19), box(0, 5, 30, 50)])).toEqual([
    box(0, 30),
    box(0, 5, 30, 50),
  ]);
  expect(joinBoxes([box(0, 10), box(200, 210)])).toHaveLength(2);
});

test("what overlaps has lines at different levels, and a level is used again behind it", () => {
  const shapes = shapeSpans([drawn(0, 9), drawn(2, 5), drawn(4, 8), drawn(6, 7), drawn(9, 12)]);
  expect(shapes.map(({ level }) => level)).toEqual([0, 1, 2, 1, 0]);
  expect(linePath([box(0, 10)], 2)).toBe("M0 27H10");
});

test("letters at one place stand beside each other", () => {
  const shapes = shapeSpans([drawn(0, 9), drawn(0, 5), drawn(0, 4)]);
  expect(shapes.map(({ letter }) => letter.x)).toEqual([0, 13, 26]);
  const fromTheRight = shapeSpans([drawn(0, 9, true), drawn(3, 9, true)]);
  expect(fromTheRight.map(({ letter }) => letter.x)).toEqual([77, 64]);
});

test("what cannot be seen is not drawn", () => {
  const hidden = clipBox(box(0, 10), box(50, 90));
  expect(shapeSpans([{ span: span(0, 1), boxes: joinBoxes([hidden]), isRightToLeft: false }])).toEqual([]);
  expect(clipBox(box(0, 100), box(50, 90, 5, 15))).toEqual(box(50, 90, 5, 15));
});

test("the shortest span at a point comes first", () => {
  const shapes = shapeSpans([drawn(0, 9), drawn(2, 5)]);
  expect(shapesAt(shapes, 30, 10).map((shape) => shape.span.start)).toEqual([2, 0]);
  expect(shapesAt(shapes, 80, 10).map((shape) => shape.span.start)).toEqual([0]);
  expect(shapesAt(shapes, 80, 90)).toEqual([]);
});
