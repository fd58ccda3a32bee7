import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/random";
import { exportModel } from "./export";
import { gradientRules, gradients } from "./gradients";
import type { Rule, Rules } from "./gradients/rule";
import { importModel } from "./import-model";
import { loraStart, mergedWeights, withLora } from "./lora";
import * as ops from "./ops";
import { operation } from "./ops/operation";
import { replaceWeights } from "./replace-weights";
import { openSession } from "./session";
import { constant, elementCount, input, parameter, type HostTensor, type OpName, type Tensor } from "./tensor";
import { openTraining, takeSteps } from "./training";
import { initialState, trainingStep } from "./training-step";

/** One small BERT, as each of PyTorch's two exporters writes it; the script beside them made them. */
const file = (exporter: string): Uint8Array => readFileSync(`${import.meta.dirname}/encoder-golden-${exporter}.onnx`);

const whole = (shape: [number, number], value: (row: number, column: number) => number): HostTensor => ({
  dtype: "int64",
  shape,
  data: BigInt64Array.from({ length: shape[0] * shape[1] }, (_, i) =>
    BigInt(value(Math.floor(i / shape[1]), i % shape[1])),
  ),
});

/** Token ids, and a mask that is shorter in every row. */
const batchOf = (shape: [number, number]) => ({
  input_ids: whole(shape, (row, column) => 1 + ((row * 11 + column * 7) % 29)),
  attention_mask: whole(shape, (row, column) => Number(column < shape[1] - row)),
});
const lengths = { batch: 3, sequence: 6 };
const batch = batchOf([3, 6]);

async function outputsOf(bytes: Uint8Array, feeds: Record<string, HostTensor>): Promise<Record<string, HostTensor>> {
  const session = await openSession(bytes);
  const results = await session.run(feeds);
  await session.dispose();
  return results;
}

function expectClose(actual: HostTensor, expected: HostTensor, digits: number): void {
  expect(actual.shape).toEqual(expected.shape);
  actual.data.forEach((value, i) => expect(Number(value)).toBeCloseTo(Number(expected.data[i]), digits));
}

test.each(["dynamo", "script"])("an encoder by the %s exporter gives what onnxruntime gives", async (exporter) => {
  const { outputs, values } = importModel(file(exporter), lengths);
  const [ours, theirs] = [
    await outputsOf(exportModel({ name: "encoder", outputs, values }), batch),
    await outputsOf(file(exporter), batch),
  ];
  expect(ours["last_hidden_state"]!.shape).toEqual([3, 6, 8]);
  expectClose(ours["last_hidden_state"]!, theirs["last_hidden_state"]!, 5);
});

/** Sets every weight off from the others, so that a gradient that mixes elements up is noticed. */
function weighedSum(a: Tensor): Tensor {
  const shape = a.shape as number[];
  const weights = Array.from({ length: elementCount(shape) }, (_, i) => ((i * 7) % 11) / 11 - 0.3);
  return ops.reduceSum(ops.mul(a, constant(weights, shape)));
}

/**
 * The weights of the encoder of which the gradient that the rules derive is not a central difference, each at the place where
 * that gradient is largest.
 */
async function wrongGradients(rules: Rules): Promise<string[]> {
  const { outputs, parameters, values } = importModel(file("dynamo"), lengths);
  const loss = weighedSum(outputs["last_hidden_state"]!);
  const derived = gradients(loss, parameters, rules);
  const named = Object.fromEntries(parameters.map(({ name }, i) => [`d ${name}`, derived[i]!]));
  const session = await openSession(exportModel({ name: "encoder", outputs: { loss, ...named } }));
  const feeds: Record<string, HostTensor> = { ...batch, ...values };
  const results = await session.run(Object.fromEntries(session.inputNames.map((name) => [name, feeds[name]!])));
  const step = 0.01;
  const wrong: string[] = [];
  for (const { name } of parameters) {
    const value = values[name]!;
    const sizes = Array.from(results[`d ${name}`]!.data, Number).map(Math.abs);
    const place = sizes.indexOf(Math.max(...sizes));
    const at = async (shift: number): Promise<number> => {
      const data = Float32Array.from(value.data as Float32Array);
      data[place]! += shift;
      const moved: Record<string, HostTensor> = { ...feeds, [name]: { ...value, data } };
      const fed = Object.fromEntries(session.inputNames.map((each) => [each, moved[each]!]));
      return Number((await session.run(fed, ["loss"]))["loss"]!.data[0]);
    };
    const difference = ((await at(step)) - (await at(-step))) / (2 * step);
    const gradient = Number(results[`d ${name}`]!.data[place]);
    // In float32 a difference errs by up to 0.0001; the biases of the keys, which no softmax feels, have no other gradient.
    if (Math.abs(gradient - difference) > 0.004 * Math.max(Math.abs(gradient), 0.05)) wrong.push(name);
  }
  await session.dispose();
  return wrong;
}

test("every weight of an imported encoder has the gradient of central differences, and a wrong rule is noticed", async () => {
  expect(await wrongGradients(gradientRules)).toEqual([]);
  const halfTooLarge = (op: OpName): Rules => ({
    ...gradientRules,
    [op]: ((node, gradient) =>
      gradientRules[op]!(node, gradient).map((part) => part && ops.mul(part, 1.5))) satisfies Rule,
  });
  const tables = ["word", "position", "token_type"].map((table) => `bert.embeddings.${table}_embeddings.weight`);
  expect(await wrongGradients(halfTooLarge("Gather"))).toEqual(tables);
  const queries = [0, 1].map((layer) => `bert.encoder.layer.${layer}.attention.self.query.bias`);
  expect(await wrongGradients(halfTooLarge("Softmax"))).toEqual(expect.arrayContaining(queries));
});

test("adapters leave the model as it is at first, learn while the weights rest, and merge into one file", async () => {
  const original = file("dynamo");
  const { outputs, parameters, values } = importModel(original, lengths);
  const isChosen = ({ shape }: { shape: readonly unknown[] }): boolean => shape.join() === "8,8";
  const adapted = withLora({ outputs, rank: 2, alpha: 4, isChosen });
  expect(adapted.adapters).toHaveLength(8);
  const start = { ...values, ...loraStart(adapted.adapters, seededRandom(3)) };
  const before = await outputsOf(original, batch);
  const adaptedBytes = (now: Record<string, HostTensor>): Uint8Array =>
    exportModel({ name: "adapted", outputs: adapted.outputs, values: now });
  expectClose((await outputsOf(adaptedBytes(start), batch))["last_hidden_state"]!, before["last_hidden_state"]!, 5);

  const first = ops.slice(adapted.outputs["last_hidden_state"]!, 2, 0, 1);
  const step = trainingStep({
    name: "lora",
    loss: ops.reduceMean(ops.square(ops.sub(first, 1))),
    trained: [
      ...parameters.map((each) => ({ parameter: each, weightDecay: 0, learningRateScale: 0 })),
      ...adapted.adapters.flatMap(({ a, b }) => [a, b].map((each) => ({ parameter: each, weightDecay: 0 }))),
    ],
  });
  const training = await openTraining({ step, state: initialState(step, start) });
  const losses: number[] = [];
  await takeSteps({
    training,
    steps: 40,
    batchesAt: () => [batch],
    learningRateAt: () => 0.02,
    onStep: ({ loss }) => void losses.push(loss),
  });
  const { tensors } = await training.read();
  await training.dispose();
  expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2);
  for (const { name } of parameters) expect(tensors[name]).toEqual(values[name]);

  const merged = replaceWeights(original, mergedWeights(adapted, tensors));
  const after = await outputsOf(merged, batch);
  expectClose(after["last_hidden_state"]!, (await outputsOf(adaptedBytes(tensors), batch))["last_hidden_state"]!, 4);
  // The file still takes batches of any shape.
  expect((await outputsOf(merged, batchOf([2, 9])))["last_hidden_state"]!.shape).toEqual([2, 9, 8]);
  expect(merged.length).toBeLessThan(original.length + 100);
});

test.each<[string, (x: Tensor, w: Tensor) => Tensor]>([
  ["is looked up in as well", (x, w) => ops.add(ops.matMul(x, w), ops.gather(w, constant([1], [], "int64")))],
  ["is a transposed factor", (x, w) => ops.matMul(x, ops.transpose(w))],
  ["is a Gemm's factor", (x, w) => ops.gemm(x, w)],
  ["is a left factor", (x, w) => ops.matMul(w, ops.transpose(x))],
  ["is the bias of its own product", (x, w) => ops.add(ops.matMul(x, w), w)],
])("adapters are not put beside a weight that %s", (_use, build) => {
  const chosen = parameter("tied", [4, 4]);
  const outputs = { y: build(input("x", [4, 4]), chosen), z: ops.matMul(input("x", [4, 4]), parameter("w", [4, 4])) };
  expect(() => withLora({ outputs, rank: 2, alpha: 4, isChosen: () => true })).toThrow(
    /The chosen weight tied is used by (Add|Gather|Transpose|Gemm|MatMul)\(/,
  );
});

test("what the builder wrote comes back, with its named lengths", async () => {
  const x = input("x", ["n", 4]);
  const w = parameter("w", [4, 3]);
  const y: Tensor = ops.reshape(ops.softmax(ops.matMul(x, w)), ["n", 3, 1]);
  const values = {
    w: { dtype: "float32" as const, shape: [4, 3], data: Float32Array.from({ length: 12 }, (_, i) => i / 7) },
  };
  const bytes = exportModel({ name: "small", outputs: { y }, values });
  const imported = importModel(bytes);
  expect(imported.outputs["y"]!.shape).toEqual(["n", 3, 1]);
  expect(imported.values).toEqual(values);
  const feeds = { x: { dtype: "float32" as const, shape: [2, 4], data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) } };
  const again = exportModel({ name: "small", outputs: imported.outputs, values });
  expect(await outputsOf(again, feeds)).toEqual(await outputsOf(bytes, feeds));
});

test("what cannot be imported is refused by its name", () => {
  const x = input("x", ["n", 4]);
  const strange = operation("Hardmax" as never, [x], ["n", 4], "float32");
  const bytes = exportModel({ name: "strange", outputs: { y: strange } });
  expect(() => importModel(bytes)).toThrow('Hardmax (node "y") is an operator that graphs do not have');
  expect(() => importModel(file("dynamo"))).toThrow("cannot be imported: fix the length sequence");
  expect(() => importModel(Uint8Array.of())).toThrow("not an ONNX model");
  const { outputs } = importModel(file("dynamo"), lengths);
  expect(() => withLora({ outputs, rank: 2, alpha: 4, isChosen: () => false })).toThrow("No matrix product");
  const isSquare = ({ shape }: { shape: readonly unknown[] }): boolean => shape.join() === "8,8";
  expect(() => withLora({ outputs, rank: 8, alpha: 4, isChosen: isSquare })).toThrow("rank 8 is not smaller");
  const none = { dtype: "float32" as const, shape: [1], data: Float32Array.of(1) };
  expect(() => replaceWeights(file("dynamo"), { nowhere: none })).toThrow("The file has no weight nowhere.");
});
