import { expect, test } from "vitest";
import { layOut } from "./layout";
import * as ops from "./ops";
import { printGraph } from "./print";
import { constant, input, parameter, type Tensor } from "./tensor";

function linearReward(): Record<string, Tensor> {
  const x = input("x", ["n", 2]);
  const w = parameter("w", [2, 1]);
  const hidden = ops.add(ops.matMul(x, w), 1);
  return { reward: ops.reduceSum(ops.mul(hidden, ops.relu(ops.add(hidden, 1))), { axes: [1] }) };
}

test("a graph reads as text, with names that follow from its operators", () => {
  expect(printGraph({ name: "linear", outputs: linearReward() })).toBe(
    [
      "graph linear",
      "  input x: float32[n, 2]",
      "  parameter w: float32[2, 1]",
      "  constant const_0: float32[] = 1",
      "  constant const_1: int64[1] = 1",
      "  matmul_0 = MatMul(x, w): float32[n, 1]",
      "  add_0 = Add(matmul_0, const_0): float32[n, 1]",
      "  add_1 = Add(add_0, const_0): float32[n, 1]",
      "  relu_0 = Relu(add_1): float32[n, 1]",
      "  mul_0 = Mul(add_0, relu_0): float32[n, 1]",
      "  reward = ReduceSum(mul_0, const_1, keepdims=0): float32[n]",
      "  return reward",
      "",
    ].join("\n"),
  );
});

test("whole numbers, fractions, lists and words of operators are printed", () => {
  const table = parameter("table", [9, 2]);
  const ids = input("ids", ["n", "t"], "int64");
  const rows = ops.reshape(ops.gather(table, ids), ["n*t", 2]);
  const scaled = ops.gemm(rows, parameter("w", [3, 2]), undefined, { alpha: 0.5, transB: true });
  const sums = ops.scatterAddElements(table, input("at", [4, 2], "int64"), input("updates", [4, 2]), 0);
  const outputs = { scaled, sums: ops.transpose(sums), tail: ops.slice(scaled, 0, 1) };
  expect(printGraph({ name: "words", outputs })).toBe(
    [
      "graph words",
      "  parameter table: float32[9, 2]",
      "  input ids: int64[n, t]",
      "  parameter w: float32[3, 2]",
      "  input at: int64[4, 2]",
      "  input updates: float32[4, 2]",
      "  constant const_0: int64[2] = -1, 2",
      "  constant const_1: int64[1] = 1",
      "  constant const_2: int64[1] = 2147483647",
      "  constant const_3: int64[1] = 0",
      "  gather_0 = Gather(table, ids, axis=0): float32[n, t, 2]",
      "  reshape_0 = Reshape(gather_0, const_0): float32[n*t, 2]",
      "  scaled = Gemm(reshape_0, w, alpha=0.5, beta=1, transA=0, transB=1): float32[n*t, 3]",
      '  scatterelements_0 = ScatterElements(table, at, updates, axis=0, reduction="add"): float32[9, 2]',
      "  sums = Transpose(scatterelements_0, perm=[1, 0]): float32[2, 9]",
      "  tail = Slice(scaled, const_1, const_2, const_3): float32[n*t-1, 3]",
      "  return scaled, sums, tail",
      "",
    ].join("\n"),
  );
});

test("the same expressions built twice are laid out alike", () => {
  expect(printGraph({ name: "g", outputs: linearReward() })).toBe(printGraph({ name: "g", outputs: linearReward() }));
});

test("what no output needs is left out", () => {
  const x = input("x", [2]);
  ops.exp(x);
  expect(layOut({ name: "g", outputs: { y: ops.neg(x) } }).operations.map(({ name }) => name)).toEqual(["y"]);
});

test("an output that is an input, or another output, goes through Identity", () => {
  const x = input("x", [2]);
  const y = ops.neg(x);
  const { operations } = layOut({ name: "g", outputs: { y, again: y, same: x } });
  expect(operations.map(({ name, inputs, tensor }) => [name, tensor.op, ...inputs])).toEqual([
    ["y", "Neg", "x"],
    ["again", "Identity", "y"],
    ["same", "Identity", "x"],
  ]);
});

test("a given name is never taken by a made one", () => {
  const { operations } = layOut({ name: "g", outputs: { y: ops.exp(ops.neg(input("neg_0", [2]))) } });
  expect(operations.map(({ name }) => name)).toEqual(["neg_1", "y"]);
});

test("two inputs of one name are refused", () => {
  const sum = ops.add(input("x", [2]), parameter("x", [2]));
  expect(() => layOut({ name: "g", outputs: { sum } })).toThrow('In graph g, "x" names both x and x; rename one.');
});

test("a deep graph does not end the stack", () => {
  let sum: Tensor = constant([0], []);
  for (let i = 0; i < 20_000; i++) sum = ops.add(sum, 1);
  expect(layOut({ name: "deep", outputs: { sum } }).operations).toHaveLength(20_000);
});
