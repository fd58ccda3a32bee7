import { expect, test } from "vitest";
import * as ops from "./ops";
import { constant, input, parameter } from "./tensor";

const x = input("x", ["n", 4]);
const w = parameter("w", [3, 4, 2]);

test("operators know the shapes of their results", () => {
  expect(ops.matMul(x, w).shape).toEqual([3, "n", 2]);
  expect(ops.transpose(w).shape).toEqual([3, 2, 4]);
  expect(ops.transpose(w, [2, 0, 1]).shape).toEqual([2, 3, 4]);
  expect(ops.unsqueeze(x, [0, -1]).shape).toEqual([1, "n", 4, 1]);
  expect(ops.squeeze(ops.unsqueeze(x, [1]), [1]).shape).toEqual(["n", 4]);
  expect(ops.reduceSum(w, { axes: [-1] }).shape).toEqual([3, 4]);
  expect(ops.reduceMean(w, { axes: [0], keepDims: true }).shape).toEqual([1, 4, 2]);
  expect(ops.reduceSum(w).shape).toEqual([]);
  expect(ops.greater(x, 0)).toMatchObject({ shape: ["n", 4], dtype: "bool" });
  expect(ops.where(ops.greater(x, 0), x, 0)).toMatchObject({ shape: ["n", 4], dtype: "float32" });
  expect(ops.expandLike(constant([1], []), x).shape).toEqual(["n", 4]);
});

test("a refusal names the operator, its inputs with their shapes, and what was expected", () => {
  expect(() => ops.matMul(ops.relu(x), parameter("v", [5, 2]))).toThrow(
    "MatMul refused its inputs (Relu(x): float32[n, 4]; v: float32[5, 2]): the inner lengths 4 and 5 must be equal.",
  );
  expect(() => ops.add(x, input("y", ["m", 4]))).toThrow(
    "Add refused its inputs (x: float32[n, 4]; y: float32[m, 4]): the shapes must broadcast: equal lengths, or 1.",
  );
});

test.each([
  ["types that differ", () => ops.mul(x, input("y", ["n", 4], "float64"))],
  ["a vector in a matrix product", () => ops.matMul(x, input("y", [4]))],
  ["batches that do not broadcast", () => ops.matMul(input("a", [2, 3, 4]), input("b", [3, 4, 5]))],
  ["an order that names an axis twice", () => ops.transpose(w, [0, 0, 1])],
  ["an axis that is not there", () => ops.reduceSum(x, { axes: [2] })],
  ["a squeeze of an axis longer than 1", () => ops.squeeze(x, [1])],
  ["an unsqueeze of one axis twice", () => ops.unsqueeze(x, [0, 0])],
  ["a reshape to fewer elements", () => ops.reshape(w, [23])],
  ["a condition of numbers", () => ops.where(x, x, 0)],
  ["an expansion to a smaller tensor", () => ops.expandLike(w, x)],
  ["a constant with too few numbers", () => constant([1, 2], [3])],
])("refuses %s", (_what, build) => {
  expect(build).toThrow(/refused its inputs|needs 3 numbers/);
});
