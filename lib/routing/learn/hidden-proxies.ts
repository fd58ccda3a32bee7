import { greaterOrEqual, matMul, mul, reduceSum, reshape, softplus, sub, tanh, where } from "@/lib/graph/ops";
import { adamW } from "@/lib/graph/optimisers";
import { warmUpCosine } from "@/lib/graph/schedule";
import { input, parameter, type HostTensor, type Tensor } from "@/lib/graph/tensor";
import { openTraining, takeSteps, type Batch } from "@/lib/graph/training";
import { initialState, trainingStep, type TrainingStep } from "@/lib/graph/training-step";
import { normal, randomOrder } from "@/lib/reward/training/sampling";
import { seededRandom, type Random } from "@/lib/stats/random";
import type { Proxies } from "./proxies";

const batchSize = 128;
const epochs = 10;
const fewestSteps = 300;
const peak = 3e-3;
const weightDecay = 0.01;

/** What a pair has as its label in the graph where it is not in the mix. */
const absent = -1;

type Given = {
  vectors: Float32Array;
  width: number;
  rows: number;
  labels: Float32Array;
  mixes: number;
  hidden: number;
  seed: number;
  threads: number;
  onStep: (() => void) | undefined;
};

/**
 * Proxies v' tanh(W x), all at once by AdamW on batches that they share: the hidden layers of all mixes stand side by side
 * in one matrix. The output layer starts at 0, so that every pair starts at one half.
 */
export async function fitHiddenProxies(given: Given): Promise<Proxies> {
  const { vectors, width, rows, labels, mixes, hidden, seed, threads, onStep } = given;
  const random = seededRandom(seed);
  const size = Math.min(batchSize, rows);
  const perEpoch = Math.floor(rows / size);
  const steps = Math.max(fewestSteps, epochs * perEpoch);
  const step = stepOf({ size, width, mixes, hidden });
  const state = initialState(step, startOf({ width, mixes, hidden, scale: meanNorm(vectors, rows), random }));
  const training = await openTraining({ step, state, threads });
  try {
    let order = randomOrder(rows, random);
    const batchesAt = (at: number): Batch[] => {
      const place = (at - 1) % perEpoch;
      if (place === 0 && at > 1) order = randomOrder(rows, random);
      return [batchOf({ vectors, width, labels, mixes }, order.subarray(place * size, (place + 1) * size))];
    };
    const warmUpSteps = Math.ceil(0.03 * steps);
    const learningRateAt = (at: number): number => warmUpCosine(at, { peak, warmUpSteps, totalSteps: steps });
    await takeSteps({ training, steps, batchesAt, learningRateAt, onStep });
    const { tensors } = await training.read();
    return { width, mixes, hidden, weights: { w1: tensors["w1"]!, w2: tensors["w2"]! }, converged: true, steps };
  } finally {
    await training.dispose();
  }
}

/** The loss of a batch, summed over mixes, whose gradients touch no other mix's weights. */
function stepOf(given: { size: number; width: number; mixes: number; hidden: number }): TrainingStep {
  const { size, width, mixes, hidden } = given;
  const x = input("x", [size, width]);
  const y = input("y", [size, mixes]);
  const w1 = parameter("w1", [width, mixes * hidden]);
  const w2 = parameter("w2", [mixes * hidden]);
  const margin = reduceSum(reshape(mul(tanh(matMul(x, w1)), w2), [size, mixes, hidden]), { axes: [2] });
  const each: Tensor = where(greaterOrEqual(y, 0), sub(softplus(margin), mul(y, margin)), 0);
  return trainingStep({
    name: "hidden-proxies",
    loss: mul(reduceSum(each), 1 / size),
    trained: [w1, w2].map((parameter) => ({ parameter, weightDecay })),
    optimiser: adamW(),
  });
}

/** Units see pairs at a scale of 1. */
function startOf(given: {
  width: number;
  mixes: number;
  hidden: number;
  scale: number;
  random: Random;
}): Record<string, HostTensor> {
  const { width, mixes, hidden, scale, random } = given;
  const units = mixes * hidden;
  const first = Float32Array.from({ length: width * units }, () => normal(random) / scale);
  return {
    w1: { dtype: "float32", shape: [width, units], data: first },
    w2: { dtype: "float32", shape: [units], data: new Float32Array(units) },
  };
}

function batchOf(data: Pick<Given, "vectors" | "width" | "labels" | "mixes">, places: Uint32Array): Batch {
  const { vectors, width, labels, mixes } = data;
  const x = new Float32Array(places.length * width);
  const y = new Float32Array(places.length * mixes);
  places.forEach((place, i) => {
    x.set(vectors.subarray(place * width, (place + 1) * width), i * width);
    y.set(labels.subarray(place * mixes, (place + 1) * mixes), i * mixes);
  });
  return {
    x: { dtype: "float32", shape: [places.length, width], data: x },
    y: {
      dtype: "float32",
      shape: [places.length, mixes],
      data: y.map((label) => (Number.isNaN(label) ? absent : label)),
    },
  };
}

function meanNorm(vectors: Float32Array, rows: number): number {
  let squares = 0;
  for (const value of vectors) squares += value * value;
  return Math.sqrt(squares / rows) || 1;
}
