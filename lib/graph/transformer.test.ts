import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as ops from "./ops";
import { warmUpCosine } from "./schedule";
import { elementCount, input, parameter, type HostTensor, type Parameter, type Tensor } from "./tensor";
import { openTraining, takeSteps } from "./training";
import { initialState, trainingStep } from "./training-step";

/** Losses of the same model, weights and batches in PyTorch, recorded by the script beside it, which says all settings. */
const golden = JSON.parse(readFileSync(`${import.meta.dirname}/transformer-golden.json`, "utf8")) as {
  losses: number[];
};

const [vocabulary, length, width, heads, hidden, layers, batchSize, steps] = [12, 8, 16, 2, 32, 2, 32, 50] as const;

const floats = (values: readonly number[], shape: readonly number[]): HostTensor => ({
  dtype: "float32",
  shape,
  data: Float32Array.from(values),
});

/** The generator of the script. */
function congruential(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Parameters with their first values, made in the script's order. */
function parametersFrom(random: () => number) {
  const parameters: Record<string, Parameter> = {};
  const values: Record<string, HostTensor> = {};
  const add = (name: string, shape: readonly number[], value: () => number): void => {
    parameters[name] = parameter(name, shape);
    values[name] = floats(Array.from({ length: elementCount(shape) }, value), shape);
  };
  const weight = (name: string, ...shape: number[]): void => add(name, shape, () => (random() - 0.5) * 0.5);
  const norm = (name: string): void => {
    add(`${name}.scale`, [width], () => 1);
    add(`${name}.bias`, [width], () => 0);
  };
  const linear = (name: string, rows: number, columns: number): void => {
    weight(`${name}.weight`, rows, columns);
    add(`${name}.bias`, [columns], () => 0);
  };
  weight("token", vocabulary, width);
  weight("position", length, width);
  norm("embedding");
  for (let layer = 0; layer < layers; layer++) {
    for (const part of ["query", "key", "value", "output"]) linear(`${layer}.${part}`, width, width);
    norm(`${layer}.attention`);
    linear(`${layer}.up`, width, hidden);
    linear(`${layer}.down`, hidden, width);
    norm(`${layer}.feed`);
  }
  linear("head", width, 1);
  return { parameters, values };
}

function logitsOf(parameters: Record<string, Parameter>, ids: Tensor, mask: Tensor): Tensor {
  const linear = (name: string, x: Tensor): Tensor =>
    ops.add(ops.matMul(x, parameters[`${name}.weight`]!), parameters[`${name}.bias`]!);
  const norm = (name: string, x: Tensor): Tensor =>
    ops.layerNormalization(x, parameters[`${name}.scale`]!, parameters[`${name}.bias`]!, { epsilon: 1e-12 });
  const perHead = width / heads;
  const split = (x: Tensor): Tensor => ops.transpose(ops.reshape(x, ["n", length, heads, perHead]), [0, 2, 1, 3]);
  const unseen = ops.unsqueeze(ops.mul(ops.sub(mask, 1), 1e9), [1, 2]);

  let x = norm("embedding", ops.add(ops.gather(parameters["token"]!, ids), parameters["position"]!));
  for (let layer = 0; layer < layers; layer++) {
    const [query, key, value] = ["query", "key", "value"].map((part) => split(linear(`${layer}.${part}`, x)));
    const scores = ops.add(ops.div(ops.matMul(query!, ops.transpose(key!)), Math.sqrt(perHead)), unseen);
    const mixed = ops.transpose(ops.matMul(ops.softmax(scores), value!), [0, 2, 1, 3]);
    const joined = ops.reshape(mixed, ["n", length, width]);
    x = norm(`${layer}.attention`, ops.add(x, linear(`${layer}.output`, joined)));
    x = norm(`${layer}.feed`, ops.add(x, linear(`${layer}.down`, ops.gelu(linear(`${layer}.up`, x)))));
  }
  const total = ops.reduceSum(ops.mul(x, ops.unsqueeze(mask, [2])), { axes: [1] });
  const pooled = ops.div(total, ops.reduceSum(mask, { axes: [1], keepDims: true }));
  return ops.squeeze(linear("head", pooled), [1]);
}

/** Sequences of 4 to 8 tokens; one is positive when token 3 is in it. */
function batchFrom(random: () => number): Record<string, HostTensor> {
  const rows = Array.from({ length: batchSize }, () => {
    const own = 4 + Math.floor(random() * 5);
    const ids = Array.from({ length }, () => Math.floor(random() * vocabulary));
    return { ids, mask: ids.map((_, i) => Number(i < own)), target: Number(ids.slice(0, own).includes(3)) };
  });
  const ids = BigInt64Array.from(rows.flatMap((row) => row.ids.map(BigInt)));
  return {
    ids: { dtype: "int64", shape: [batchSize, length], data: ids },
    mask: floats(
      rows.flatMap(({ mask }) => mask),
      [batchSize, length],
    ),
    target: floats(
      rows.map(({ target }) => target),
      [batchSize],
    ),
  };
}

test("a transformer encoder learns, and its losses over 50 steps are PyTorch's to 1e-4", async () => {
  const random = congruential();
  const { parameters, values } = parametersFrom(random);
  const logits = logitsOf(parameters, input("ids", ["n", length], "int64"), input("mask", ["n", length]));
  const loss = ops.reduceMean(ops.sub(ops.softplus(logits), ops.mul(input("target", ["n"]), logits)));
  const step = trainingStep({
    name: "transformer",
    loss,
    trained: Object.values(parameters).map((each) => ({
      parameter: each,
      weightDecay: each.shape.length > 1 ? 0.01 : 0,
    })),
    clipNorm: 1,
  });
  const training = await openTraining({ step, state: initialState(step, values) });
  const losses: number[] = [];
  await takeSteps({
    training,
    steps,
    batchesAt: () => [batchFrom(random)],
    learningRateAt: (i) => warmUpCosine(i, { peak: 1e-2, warmUpSteps: 5, totalSteps: steps }),
    onStep: (progress) => void losses.push(progress.loss),
  });
  await training.dispose();
  losses.forEach((each, i) => expect(Math.abs(each - golden.losses[i]!)).toBeLessThan(1e-4));
  expect(losses[0]).toBeGreaterThan(Math.LN2);
  expect(Math.max(...losses.slice(-5))).toBeLessThan(0.02);
});
