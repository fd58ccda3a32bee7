import fc from "fast-check";
import { expect, test } from "vitest";
import { exportModel } from "./export";
import { centralDifferences, gradientFaults, type Checked } from "./gradient-check";
import { gradients } from "./gradients";
import { floats } from "./gradients/operator-samples";
import * as ops from "./ops";
import { openSession } from "./session";
import { input, parameter, type HostTensor, type Tensor } from "./tensor";

const faultsOf = async (checked: Checked): Promise<string[]> =>
  gradientFaults(checked, await centralDifferences(checked));

test("a tensor used twice collects both gradients", async () => {
  const build = (a?: Tensor): Tensor => ops.mul(ops.exp(a!), ops.add(a!, a!));
  expect(await faultsOf({ build, at: [host([0.3, -1, 2], [3])] })).toEqual([]);
});

test("where a function has a kink, its gradient follows the stated rule", async () => {
  const a = input("a", [4], "float64");
  const b = input("b", [4], "float64");
  const at = { a: [0, 1, 1, -1], b: [0, 1, 0, 2] };
  const sums = {
    abs: ops.abs(a),
    relu: ops.relu(a),
    clip: ops.clip(a, -1, 1),
    max: ops.max(a, b),
    min: ops.min(a, b),
    largest: ops.reduceMax(a),
  };
  const outputs = Object.fromEntries(
    Object.entries(sums).map(([name, each]) => [name, gradients(ops.reduceSum(each), [a])[0]!]),
  );
  const results = await run(outputs, { a: host(at.a, [4]), b: host(at.b, [4]) });
  expect(results).toEqual({
    abs: [0, 1, 1, -1],
    relu: [0, 1, 1, 0],
    clip: [1, 1, 1, 1],
    max: [0.5, 0.5, 1, 0],
    min: [0.5, 0.5, 0, 1],
    largest: [0, 0.5, 0.5, 0],
  });
});

test("the gradients of a reward model are those of central differences", async () => {
  const shapes = [[5, 4], [2, 4, 3], [2, 1, 3], [2, 3, 1], [5]];
  const build = (...[x, w1, b1, w2, y]: Tensor[]): Tensor => {
    const hidden = ops.softplus(ops.add(ops.matMul(x!, w1!), b1!));
    const reward = ops.squeeze(ops.matMul(hidden, w2!), [2]);
    const loss = ops.sub(ops.softplus(reward), ops.mul(y!, reward));
    return ops.sqrt(ops.reduceMean(ops.square(loss), { axes: [1] }));
  };
  for (const at of fc.sample(floats(shapes), { seed: 3, numRuns: 5 }))
    expect(await faultsOf({ build, at })).toEqual([]);
});

test("the gradients of a transformer encoder of any batch and length are those of central differences", async () => {
  const [batch, length, vocabulary, width, heads, hidden] = [2, 3, 5, 4, 2, 3];
  const shapes = {
    table: [vocabulary, width],
    places: [length, width],
    attention: [width, 3 * width],
    output: [width, width],
    scale: [width],
    shift: [width],
    up: [width, hidden],
    down: [hidden, width],
    head: [width, 1],
  };
  const names = Object.keys(shapes);
  const build = (ids?: Tensor, isWord?: Tensor, ...rest: Tensor[]): Tensor => {
    const w = Object.fromEntries(rest.map((each, i) => [names[i]!, each])) as Record<keyof typeof shapes, Tensor>;
    const normalized = (a: Tensor): Tensor => ops.layerNormalization(a, w.scale, w.shift, { epsilon: 0.01 });
    const x = normalized(ops.add(ops.gather(w.table, ids!), w.places));
    const [query, key, value] = ops
      .split(ops.matMul(x, w.attention), 2, [width, width, width])
      .map((each) => ops.transpose(ops.reshape(each, ["n", "t", heads, width / heads]), [0, 2, 1, 3]));
    const scores = ops.div(ops.matMul(query!, ops.transpose(key!)), Math.sqrt(width / heads));
    const weights = ops.softmax(ops.where(ops.unsqueeze(isWord!, [1, 2]), scores, -1e4));
    const joined = ops.reshape(ops.transpose(ops.matMul(weights, value!), [0, 2, 1, 3]), ["n", "t", width]);
    const attended = normalized(ops.add(x, ops.matMul(joined, w.output)));
    const y = normalized(ops.add(attended, ops.matMul(ops.geluTanh(ops.matMul(attended, w.up)), w.down)));
    return ops.softplus(ops.matMul(ops.add(ops.gather(y, 0, 1), ops.reduceMax(y, { axes: [1] })), w.head));
  };
  const ids = Array.from({ length: batch * length }, (_, i) => BigInt((i * 2) % vocabulary));
  const given: HostTensor[] = [
    { dtype: "int64", shape: [batch, length], data: BigInt64Array.from(ids) },
    { dtype: "bool", shape: [batch, length], data: Uint8Array.of(1, 1, 1, 1, 1, 0) },
  ];
  const named = [["n", "t"], ["n", "t"], shapes.table, ["t", width], ...Object.values(shapes).slice(2)];
  for (const weights of fc.sample(floats(Object.values(shapes)), { seed: 5, numRuns: 2 })) {
    expect(await faultsOf({ build, at: [...given, ...weights], shapes: named })).toEqual([]);
  }
});

test("named lengths are carried through: the same graph differentiates for any of them", async () => {
  const x = input("x", ["n", 2], "float64");
  const w = parameter("w", [2], "float64");
  const [gradient] = gradients(ops.reduceMean(ops.mul(x, w)), [w]);
  expect(gradient!.shape).toEqual([2]);
  // d/dw_j of mean(x w) over n x 2 numbers: the column's sum over 2 n.
  const feeds = { x: host([1, 2, 3, 4, 5, 6], [3, 2]) };
  expect(await run({ gradient: gradient! }, feeds)).toEqual({ gradient: [1.5, 2] });
});

test("gradients can be differentiated again, also those of lookups and cuts", async () => {
  const second = (build: (a: Tensor) => Tensor, a: Tensor): Tensor => {
    const [first] = gradients(ops.reduceSum(ops.pow(build(a), 3)), [a]);
    return gradients(ops.reduceSum(first!), [a])[0]!;
  };
  const a = input("a", ["n"], "float64");
  const rows = input("i", [3], "int64");
  const outputs = {
    cube: second((x) => x, a),
    gathered: second((x) => ops.gather(x, rows), a),
    picked: second((x) => ops.gatherElements(x, rows), a),
    cut: second((x) => ops.slice(x, 0, -2), a),
    joined: second((x) => ops.concat([x, ops.neg(x)], 0), a),
  };
  const i: HostTensor = { dtype: "int64", shape: [3], data: BigInt64Array.of(1n, 0n, 1n) };
  const results = await run(outputs, { a: host([2, 3, 5], [3]), i });
  expect(results).toEqual({
    cube: [12, 18, 30],
    gathered: [12, 36, 0],
    picked: [12, 36, 0],
    cut: [0, 18, 30],
    // The square's own sign makes up for that of the second half.
    joined: [0, 0, 0],
  });
});

test("a loss of more than one number, and one that does not depend on the tensor, are refused", () => {
  const a = input("a", [2]);
  expect(() => gradients(ops.exp(a), [a])).toThrow("The loss Exp(a) has the shape [2]; reduce it to one number.");
  const step = ops.reduceSum(ops.cast(ops.greater(a, 0), "float32"));
  expect(() => gradients(step, [a])).toThrow("does not depend on a in a differentiable way");
});

function host(values: readonly number[], shape: readonly number[]): HostTensor {
  return { dtype: "float64", shape, data: Float64Array.from(values) };
}

/** Feeds what the outputs need of `feeds`, ones to the parameters. */
async function run(
  outputs: Readonly<Record<string, Tensor>>,
  feeds: Readonly<Record<string, HostTensor>>,
): Promise<Record<string, number[]>> {
  const session = await openSession(exportModel({ name: "check", outputs }));
  const needed = session.inputNames.map((name) => [name, feeds[name] ?? host([1, 1], [2])]);
  const results = await session.run(Object.fromEntries(needed));
  await session.dispose();
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Array.from(data, Number)]));
}
