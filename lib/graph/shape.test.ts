import { expect, test } from "vitest";
import { addDims, broadcastShapes, isPlainDim, multiplyDims, reshapeTarget, resolveAxes, stretchedAxes } from "./shape";

test("shapes broadcast from the last axis, a length of 1 stretches", () => {
  expect(broadcastShapes([5, 1, 3], [4, 1])).toEqual([5, 4, 3]);
  expect(broadcastShapes([], [2, "n"])).toEqual([2, "n"]);
  expect(broadcastShapes(["n", 1], ["n", 7])).toEqual(["n", 7]);
});

test("lengths that differ, or may differ when the graph runs, do not broadcast", () => {
  expect(broadcastShapes([2], [3])).toBeNull();
  expect(broadcastShapes(["n"], [3])).toBeNull();
  expect(broadcastShapes(["n"], ["m"])).toBeNull();
});

test("a gradient knows along which axes its tensor was stretched", () => {
  expect(stretchedAxes([1, 3], [5, "n", 3])).toEqual({ missing: [0], stretched: [1] });
  expect(stretchedAxes([], [2, 3])).toEqual({ missing: [0, 1], stretched: [] });
  expect(stretchedAxes([1, 2], [1, 2])).toEqual({ missing: [], stretched: [] });
});

test("axes count from either end and occur once", () => {
  expect(resolveAxes([-1, 0], 3)).toEqual([0, 2]);
  expect(resolveAxes([0, -3], 3)).toBeNull();
  expect(resolveAxes([3], 3)).toBeNull();
});

test("a reshape copies a named length in its place and infers one elsewhere", () => {
  expect(reshapeTarget(["n", 6], ["n", 2, 3])).toEqual([0, 2, 3]);
  expect(reshapeTarget(["rows", 4], [2, "n", 4])).toEqual([2, -1, 4]);
  expect(reshapeTarget([2, "n"], ["n", 2])).toEqual([-1, 2]);
  expect(reshapeTarget([6], [2, 3])).toEqual([2, 3]);
});

test("a reshape that cannot keep the number of elements is refused", () => {
  expect(reshapeTarget([6], [4])).toBeNull();
  expect(reshapeTarget(["n", 6], ["n", 4])).toBeNull();
  expect(reshapeTarget(["n", 6], [2, 3])).toBeNull();
  expect(reshapeTarget([6], [4, "m"])).toBeNull();
  expect(reshapeTarget(["n", 6], ["a", "b"])).toBeNull();
});

test("sums and products of lengths have names that do not depend on the order", () => {
  expect(addDims(2, 3)).toBe(5);
  expect(addDims("n", -1)).toBe("n-1");
  expect(addDims("n-1", 1)).toBe("n");
  expect(addDims("n", 2, "m")).toBe(addDims("m", "n", 2));
  expect(addDims("n", "m", 2)).toBe("m+n+2");
  expect(multiplyDims(2, 3)).toBe(6);
  expect(multiplyDims("n", 1)).toBe("n");
  expect(multiplyDims("n", 3, "m-1")).toBe("3*(m-1)*n");
  expect(multiplyDims("m-1", 3, "n")).toBe("3*(m-1)*n");
});

test("sums of sums and products of products are written out, their numbers as one", () => {
  expect(addDims("m+n-2", "k+1")).toBe("k+m+n-1");
  expect(multiplyDims("2*n", 3)).toBe("6*n");
  expect(multiplyDims("n", "2*m", "2*k")).toBe("4*k*m*n");
  expect(multiplyDims(3, multiplyDims(2, "n-1"))).toBe("6*(n-1)");
  expect(multiplyDims(2, addDims(multiplyDims(2, "n-1"), "m"))).toBe("2*(2*(n-1)+m)");
  expect(addDims(multiplyDims("m", "n"), multiplyDims(2, addDims("n", "m")))).toBe("2*(m+n)+m*n");
});

test("names that a sum or a product could have, and numbers, are not plain", () => {
  expect([7, "n", "batch_size", "past.0"].filter(isPlainDim)).toHaveLength(4);
  expect(["n-1", "n+m", "2*n", "(n)", "12"].filter(isPlainDim)).toEqual([]);
});
