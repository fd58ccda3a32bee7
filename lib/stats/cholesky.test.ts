import { expect, test } from "vitest";
import { cholesky, inverseCholesky, solveCholesky } from "./cholesky";

test("a triangle of Cholesky by hand, its solution and its inverse", () => {
  // [[4, 2], [2, 5]] = L L' with L = [[2, 0], [1, 2]]; the inverse is [[5, -2], [-2, 4]] / 16.
  const lower = cholesky([4, 2, 2, 5], 2)!;
  expect(Array.from(lower)).toEqual([2, 0, 1, 2]);
  expect(Array.from(solveCholesky(lower, 2, [8, 12]))).toEqual([1, 2]);
  expect(Array.from(inverseCholesky(lower, 2))).toEqual([5 / 16, -2 / 16, -2 / 16, 4 / 16]);
  expect(cholesky([1, 2, 2, 1], 2)).toBeNull();
});
