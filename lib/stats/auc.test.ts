import { expect, test } from "vitest";
import { areaUnderRoc } from "./auc";

test("counts the pairs in the right order, equal scores half, by hand", () => {
  // Positives 3, 2; negatives 2, 1: 3>2, 3>1, 2=2, 2>1.
  expect(areaUnderRoc([3, 2, 2, 1], [true, true, false, false])).toBe(3.5 / 4);
});

test("is 1, 0 or a half for perfect, reversed and constant scores", () => {
  expect(areaUnderRoc([1, 2, 3], [false, false, true])).toBe(1);
  expect(areaUnderRoc([1, 2, 3], [true, false, false])).toBe(0);
  expect(areaUnderRoc([7, 7, 7], [true, false, true])).toBe(0.5);
});

test("says nothing of one kind alone", () => {
  expect(areaUnderRoc([1, 2], [true, true])).toBeNull();
  expect(areaUnderRoc([], [])).toBeNull();
});
