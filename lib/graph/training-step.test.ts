import { expect, test } from "vitest";
import { fitLogistic } from "@/lib/stats/logistic";
import { seededRandom } from "@/lib/stats/random";
import * as ops from "./ops";
import { input, parameter, type HostTensor, type Parameter, type Tensor } from "./tensor";
import { openTraining, takeSteps, type Batch } from "./training";
import { initialState, trainingStep, type TrainingState } from "./training-step";

const double = (values: readonly number[], shape: readonly number[]): HostTensor => ({
  dtype: "float64",
  shape,
  data: Float64Array.from(values),
});

async function train(given: {
  loss: Tensor;
  weights: Parameter;
  start: HostTensor;
  weightDecay?: number;
  batches: readonly { batch: Batch; learningRate: number }[];
}): Promise<TrainingState[]> {
  const { loss, weights, start, weightDecay = 0, batches } = given;
  const step = trainingStep({ name: "step", loss, trained: [{ parameter: weights, weightDecay }] });
  const states = [initialState(step, { [weights.name]: start })];
  const training = await openTraining({ step, state: states[0]! });
  await takeSteps({
    training,
    steps: batches.length,
    batchesAt: (i) => [batches[i - 1]!.batch],
    learningRateAt: (i) => batches[i - 1]!.learningRate,
    onStep: async () => void states.push(await training.read()),
  });
  await training.dispose();
  return states;
}

test("AdamW takes two steps as worked by hand", async () => {
  const weights = parameter("w", [1], "float64");
  const gradient = input("g", [1], "float64");
  const states = await train({
    loss: ops.reduceSum(ops.mul(weights, gradient)),
    weights,
    start: double([1], [1]),
    weightDecay: 0.01,
    batches: [0.5, -0.25].map((g) => ({ batch: { g: double([g], [1]) }, learningRate: 0.1 })),
  });
  // m = .05, v = .00025: m' = .5, v' = .25. w = 1 - .1 * .01 * 1 - .1 * .5 / (.5 + 1e-8).
  expect(states[1]!.tensors["w"]!.data[0]).toBeCloseTo(0.899000002, 12);
  // m = .02, v = .00031225: m' = .02 / .19, v' = .00031225 / .001999. w = .899 - .000899 - .1 * .105263 / .395224.
  const second = 0.899000002 * 0.999 - (0.1 * (0.02 / 0.19)) / (Math.sqrt(0.00031225 / 0.001999) + 1e-8);
  expect(second).toBeCloseTo(0.871467, 5);
  expect(states[2]!.tensors["w"]!.data[0]).toBeCloseTo(second, 12);
  expect(states[2]!.tensors["w.m"]!.data[0]).toBeCloseTo(0.02, 14);
  expect(states[2]!.tensors["w.v"]!.data[0]).toBeCloseTo(0.00031225, 14);
  expect(states[2]!.step).toBe(2);
});

test("a step leaves the state that it started from as it was", async () => {
  const weights = parameter("w", [1], "float64");
  const batches = [
    { batch: {}, learningRate: 0.1 },
    { batch: {}, learningRate: 0.1 },
  ];
  const states = await train({ loss: ops.reduceSum(ops.square(weights)), weights, start: double([3], [1]), batches });
  expect(states[0]!.tensors["w"]!.data[0]).toBe(3);
  expect(states[1]!.tensors["w"]!.data[0]).toBeCloseTo(2.9, 6);
});

test("an ensemble of logistic regressions trained in one graph reaches what L-BFGS finds for each", async () => {
  const random = seededRandom(8);
  const [n, d, members, l2] = [60, 3, 2, 0.02];
  const rows = Array.from({ length: n }, () => Array.from({ length: d }, () => random() * 2 - 1));
  const targets = Array.from({ length: members }, () =>
    rows.map(([a, b]) => (random() < 1 / (1 + Math.exp(b! - 2 * a!)) ? 1 : 0)),
  );

  const x = input("x", ["n", d], "float64");
  const y = input("y", [members, "n"], "float64");
  const weights = parameter("w", [members, d, 1], "float64");
  const logits = ops.squeeze(ops.matMul(x, weights), [2]);
  const nll = ops.reduceMean(ops.sub(ops.softplus(logits), ops.mul(y, logits)), { axes: [1] });
  const penalty = ops.mul(ops.reduceSum(ops.square(weights)), l2 / 2);
  const batch = { x: double(rows.flat(), [n, d]), y: double(targets.flat(), [members, n]) };
  const states = await train({
    loss: ops.add(ops.reduceSum(nll), penalty),
    weights,
    start: double(Array<number>(members * d).fill(0), [members, d, 1]),
    batches: Array.from({ length: 1500 }, (_, i) => ({ batch, learningRate: 0.1 * 0.995 ** i })),
  });

  const trained = Array.from(states.at(-1)!.tensors["w"]!.data, Number);
  targets.forEach((each, member) => {
    const { coefficients } = fitLogistic({ rows, width: d, targets: each, l2: l2 * n });
    coefficients.forEach((coefficient, j) => expect(trained[member * d + j]).toBeCloseTo(coefficient, 4));
  });
});

test("training twice from the same start gives the same bits", async () => {
  const weights = parameter("w", [40, 30]);
  const x = input("x", ["n", 40]);
  const random = seededRandom(4);
  const floats = (shape: readonly [number, number]): HostTensor => ({
    dtype: "float32",
    shape,
    data: Float32Array.from({ length: shape[0] * shape[1] }, () => random() - 0.5),
  });
  const start = floats([40, 30]);
  const batches = Array.from({ length: 5 }, () => ({ batch: { x: floats([64, 40]) }, learningRate: 0.01 }));
  const loss = ops.reduceMean(ops.softplus(ops.matMul(x, weights)));
  const [first, second] = [
    await train({ loss, weights, start, batches }),
    await train({ loss, weights, start, batches }),
  ];
  expect(first.at(-1)).toEqual(second.at(-1));
});
