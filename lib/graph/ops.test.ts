import { expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/random";
import { dropoutMask } from "./dropout-mask";
import { exportModel } from "./export";
import * as ops from "./ops";
import { openSession } from "./session";
import { constant, input, parameter, type Tensor } from "./tensor";

const x = input("x", ["n", 4]);
const w = parameter("w", [3, 4, 2]);
const ids = input("ids", ["b", "t"], "int64");

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
  expect(ops.expand(ops.unsqueeze(x, [0]), [3, "n", 4]).shape).toEqual([3, "n", 4]);
  expect(ops.gather(w, ids, 1).shape).toEqual([3, "b", "t", 2]);
  expect(ops.gather(x, 0).shape).toEqual([4]);
  expect(ops.gatherElements(x, input("i", ["n", 2], "int64")).shape).toEqual(["n", 2]);
  expect(ops.gemm(x, input("y", [5, 4]), constant([0], [1]), { transB: true }).shape).toEqual(["n", 5]);
  expect(ops.reduceMax(w, { axes: [1] }).shape).toEqual([3, 2]);
  expect(ops.and(ops.equal(ids, 0), ops.not(ops.less(ids, 3)))).toMatchObject({ shape: ["b", "t"], dtype: "bool" });
});

test("lengths that are joined or cut are known by name", () => {
  expect(ops.concat([x, input("y", [2, 4])], 0).shape).toEqual(["n+2", 4]);
  expect(ops.concat([x, input("y", ["m", 4])], 0).shape).toEqual(["m+n", 4]);
  expect(ops.slice(x, 0, 1).shape).toEqual(["n-1", 4]);
  expect(ops.slice(x, 0, 1, -2).shape).toEqual(["n-3", 4]);
  expect(ops.slice(x, 0, -2).shape).toEqual([2, 4]);
  expect(ops.slice(x, 1, -3, -1).shape).toEqual(["n", 2]);
  expect(ops.concat([ops.slice(x, 0, 0, 1), ops.slice(x, 0, 1)], 0).shape).toEqual(["n", 4]);
  expect(ops.split(w, 1, [1, 3]).map(({ shape }) => shape)).toEqual([
    [3, 1, 2],
    [3, 3, 2],
  ]);
});

test("operators compute what they say", async () => {
  const a = constant([1, 2, 3, 4, 5, 6], [2, 3]);
  const kept = constant([1, 0, 1, 1, 1, 0], [2, 3], "bool");
  const ones = (shape: readonly number[]): Tensor => ops.expand(constant([1], []), shape);
  const expected: [Tensor, number[]][] = [
    [ops.cumSum(a, 1), [1, 3, 6, 4, 9, 15]],
    [ops.cumSum(a, -1, { reverse: true, exclusive: true }), [5, 3, 0, 11, 6, 0]],
    [ops.slice(a, 1, -2), [2, 3, 5, 6]],
    [ops.slice(a, -1, 0, 1), [1, 4]],
    [ops.concat(ops.split(a, 1, [1, 2]).toReversed(), 1), [2, 3, 1, 5, 6, 4]],
    [ops.gather(a, constant([2, 0], [2], "int64"), 1), [3, 1, 6, 4]],
    [ops.gatherElements(a, constant([2, 0], [2, 1], "int64")), [3, 4]],
    [ops.scatterAdd(a, constant([0, 0], [2], "int64"), ones([2, 3])), [3, 4, 5, 4, 5, 6]],
    [ops.scatterAddElements(a, constant([1, 1, 0, 0], [2, 2], "int64"), ones([2, 2]), 1), [1, 4, 3, 6, 5, 6]],
    [ops.gemm(a, a, constant([1], []), { alpha: 0.5, beta: 2, transB: true }), [9, 18, 18, 40.5]],
    [ops.clip(a, 2.5, 4), [2.5, 2.5, 3, 4, 4, 4]],
    [ops.min(a, 3), [1, 2, 3, 3, 3, 3]],
    [ops.max(ops.sign(ops.sub(a, 3)), ops.reciprocal(a)), [1, 0.5, 1 / 3, 1, 1, 1]],
    [ops.dropout(a, kept, 0.5), [2, 0, 6, 8, 10, 0]],
    [ops.reduceMax(a, { axes: [0] }), [4, 5, 6]],
    // Phi(1) = .841345 and Phi(-2) = .022750.
    [ops.gelu(constant([0, 1, -2], [3])), [0, 0.841345, -0.0455]],
    [ops.geluTanh(constant([0, 1, -2], [3])), [0, 0.841192, -0.045402]],
    // Mean 2, variance 2 / 3.
    [ops.layerNormalization(ops.slice(a, 0, 0, 1), ones([3]), ones([3])), [-0.224736, 1, 2.224736]],
    [ops.logSoftmax(constant([0, 1000], [2])), [-1000, 0]],
    [ops.softmax(constant([0, Math.log(3)], [2])), [0.25, 0.75]],
  ];
  const outputs = Object.fromEntries(expected.map(([tensor], i) => [`y${i}`, tensor]));
  const session = await openSession(exportModel({ name: "values", outputs }));
  const results = await session.run({});
  expected.forEach(([tensor, values], i) => {
    const { data, shape } = results[`y${i}`]!;
    expect(shape).toEqual(tensor.shape);
    Array.from(data, Number).forEach((value, j) => expect(value).toBeCloseTo(values[j]!, 5));
    expect(data).toHaveLength(values.length);
  });
  await session.dispose();
});

test("a dropout mask keeps the expected share, and the same seed gives the same", () => {
  const mask = dropoutMask(seededRandom(3), [100, 20], 0.1);
  expect(mask).toMatchObject({ dtype: "bool", shape: [100, 20] });
  const share = Array.from(mask.data, Number).reduce((sum, each) => sum + each, 0) / 2000;
  expect(share).toBeGreaterThan(0.88);
  expect(share).toBeLessThan(0.92);
  expect(dropoutMask(seededRandom(3), [100, 20], 0.1)).toEqual(mask);
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
  ["an expansion to a length that only its name tells", () => ops.expand(constant([1], [1]), ["n"])],
  ["joining tensors of other lengths", () => ops.concat([x, input("y", [2, 3])], 0)],
  ["joining nothing", () => ops.concat([], 0)],
  ["a cut beyond the end", () => ops.slice(x, 1, 2, 5)],
  ["a cut of nothing", () => ops.slice(x, 1, 2, 2)],
  ["a cut of an unknown length", () => ops.slice(x, 0, -3, 2)],
  ["parts that do not make up the whole", () => ops.split(x, 1, [1, 2])],
  ["positions that are not whole", () => ops.gather(x, input("i", [2]))],
  ["a position on an axis that is not there", () => ops.gather(x, 0, 2)],
  ["elements of another batch", () => ops.gatherElements(x, input("i", ["m", 1], "int64"))],
  ["rows to add that are too few", () => ops.scatterAdd(w, constant([0, 1], [2], "int64"), w)],
  ["elements to add that are too few", () => ops.scatterAddElements(x, input("i", ["n", 2], "int64"), x, 1)],
  ["a product of more than matrices", () => ops.gemm(w, w)],
  ["a product whose third part is larger", () => ops.gemm(x, input("y", [4, 1]), x)],
  ["a scale of another length", () => ops.layerNormalization(x, constant([1], [1]), constant([1], [1]))],
  ["a softmax of whole numbers", () => ops.softmax(ids)],
  ["the root of whole numbers", () => ops.sqrt(ids)],
  ["bounds in the wrong order", () => ops.clip(x, 1, -1)],
  ["running sums along no axis", () => ops.cumSum(x, 2)],
  ["the opposite of numbers", () => ops.not(x)],
  ["both of numbers", () => ops.and(x, x)],
  ["a length named like a sum", () => input("x", ["seq-1"])],
  ["a constant with too few numbers", () => constant([1, 2], [3])],
])("refuses %s", (_what, build) => {
  expect(build).toThrow(/refused its inputs|needs 3 numbers|has a length "seq-1", which/);
});
