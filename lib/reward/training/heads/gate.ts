import type { FeatureVector } from "@/lib/encoders/sparse";
import { add, div, exp, matMul, mul, reduceMean, reduceSum, softmax } from "@/lib/graph/ops";
import { exportModel } from "@/lib/graph/export";
import { openSession } from "@/lib/graph/session";
import { input, parameter, type HostTensor, type Parameter, type Tensor } from "@/lib/graph/tensor";
import { openTraining, takeSteps } from "@/lib/graph/training";
import { initialState, trainingStep } from "@/lib/graph/training-step";
import { fitTemperature, logLoss } from "@/lib/stats/calibration";
import { denseFeatures } from "../batches";
import { stepPairs } from "../config";
import { outcomeOf, type TrainingPair } from "../data";
import { randomOrder, streamFor } from "../sampling";
import type { StrengthTargets } from "../targets";
import type { AspectTemperatures } from "./aspects";
import { outputNames } from "./output-names";
import { bradleyTerryLoss } from "./pairs";
import { rowsTensor, zerosOf } from "./head";

/**
 * Chosen on simulated gates: a prompt's vector has length 1 and many small numbers, so its weights have to become large.
 * The best epoch on the validation pairs is kept, the even gate at the start counting as one.
 */
const schedule = { learningRate: 0.02, weightDecay: 0.01, batchPairs: 512, fewestSteps: 8, maxEpochs: 30, patience: 5 };

/** A pair of the overall comparison, what each aspect says of it, and its prompt. */
export type GatedPair = { pair: TrainingPair; margins: Record<keyof AspectTemperatures, ArrayLike<number>> };

/** A gate with what it is to divide by, so that sigma of a difference of gated rewards is a calibrated probability. */
export type Gate = { values: Readonly<Record<string, HostTensor>>; temperatures: AspectTemperatures };

type Parameters = { w: Parameter; b: Parameter; scale: Parameter };

const parametersOf = (width: number, aspects: number): Parameters => ({
  w: parameter("gate_w", [width, aspects]),
  b: parameter("gate_b", [1, aspects]),
  scale: parameter("gate_log_scale", [1]),
});

/**
 * How much each aspect counts for a prompt with features x [n, D] (ArmoRM: Wang et al., "Interpretable preferences via
 * multi-objective reward modeling and mixture-of-experts", with a linear gate): softmax(x W + b), so that no aspect counts
 * against. [n, A]
 */
const weightsOf = ({ w, b }: Parameters, prompts: Tensor): Tensor => softmax(add(matMul(prompts, w), b));

/** e^s sum_a gate_a r_a for numbers r of the aspects: rewards, or their differences. [n, 1] */
const weighed = ({ scale }: Parameters, gate: Tensor, aspects: Tensor): Tensor =>
  mul(reduceSum(mul(gate, aspects), { axes: [1], keepDims: true }), exp(scale));

/**
 * Fits the gate to the overall comparisons of the training part, with the aspects' rewards as they are: what decides
 * where. Its parameters are those of its best epoch on the validation pairs.
 */
export async function fitGate(given: {
  pairs: readonly GatedPair[];
  prompts: readonly FeatureVector[];
  width: number;
  aspects: number;
  seed: number;
  threads: number;
  targetOf: StrengthTargets;
  signal?: AbortSignal | undefined;
}): Promise<Gate> {
  const { pairs, prompts, width, aspects, seed, threads, targetOf, signal } = given;
  const train = pairs.filter(({ pair }) => pair.split === "train");
  const validation = pairs.filter(({ pair }) => pair.split === "validation");
  const parameters = parametersOf(width, aspects);
  const step = gateStep(parameters);
  let best = zerosOf(Object.values(parameters));
  const gated = (values: Gate["values"], kind: keyof AspectTemperatures): Promise<Float64Array> =>
    gatedMargins({ ...given, pairs: validation, values, kind });
  const lossOf = async (values: Gate["values"]): Promise<number> =>
    logLoss(
      await gated(values, "withSides"),
      validation.map(({ pair }) => outcomeOf(pair)),
    );
  let [bestLoss, bestEpoch] = [await lossOf(best), 0];
  const size = stepPairs(train.length, schedule);
  const steps = Math.ceil(train.length / size);
  const training = await openTraining({ step, state: initialState(step, best), threads, provider: "cpu" });
  try {
    for (let epoch = 1; epoch <= schedule.maxEpochs && epoch - bestEpoch <= schedule.patience; epoch++) {
      const order = randomOrder(train.length, streamFor(seed, "gate", epoch));
      await takeSteps({
        ...{ training, signal, from: (epoch - 1) * steps, steps: epoch * steps },
        batchesAt(at) {
          const start = ((at - 1) % steps) * size;
          const chosen = Array.from(order.subarray(start, start + size), (place) => train[place]!);
          return [gateBatch(chosen, prompts, width, targetOf)];
        },
        learningRateAt: () => schedule.learningRate,
      });
      const { tensors } = await training.read();
      const values = Object.fromEntries(Object.keys(best).map((name) => [name, tensors[name]!]));
      const loss = await lossOf(values);
      if (loss < bestLoss) [best, bestLoss, bestEpoch] = [values, loss, epoch];
    }
  } finally {
    await training.dispose();
  }
  const outcomes = validation.map(({ pair }) => outcomeOf(pair));
  return {
    values: best,
    temperatures: {
      withSides: fitTemperature(await gated(best, "withSides"), outcomes),
      withoutSides: fitTemperature(await gated(best, "withoutSides"), outcomes),
    },
  };
}

function gateStep(parameters: Parameters): ReturnType<typeof trainingStep> {
  const prompts = input("prompts", ["pairs", parameters.w.shape[0] as number]);
  const margins = input("margins", ["pairs", parameters.w.shape[1] as number]);
  const [target, weight] = [input("target", ["pairs", 1]), input("weight", ["pairs", 1])];
  const margin = weighed(parameters, weightsOf(parameters, prompts), margins);
  const { weightDecay } = schedule;
  return trainingStep({
    name: "gate_step",
    loss: reduceMean(mul(weight, bradleyTerryLoss(margin, target))),
    trained: [
      { parameter: parameters.w, weightDecay },
      { parameter: parameters.b, weightDecay: 0 },
      { parameter: parameters.scale, weightDecay: 0 },
    ],
  });
}

function gateBatch(
  pairs: readonly GatedPair[],
  prompts: readonly FeatureVector[],
  width: number,
  targetOf: StrengthTargets,
): Record<string, HostTensor> {
  return {
    prompts: denseFeatures(
      { features: prompts, width },
      pairs.map(({ pair }) => pair.group),
    ),
    margins: rowsTensor(
      pairs.map(({ margins }) => margins.withSides),
      [pairs[0]!.margins.withSides.length],
    ),
    target: rowsTensor(
      pairs.map(({ pair }) => [targetOf(pair.strength)]),
      [1],
    ),
    weight: rowsTensor(
      pairs.map(({ pair }) => [pair.weight]),
      [1],
    ),
  };
}

/** How much each aspect counts for each prompt. [n][A] */
export async function gateWeights(given: {
  values: Gate["values"];
  prompts: readonly FeatureVector[];
  groups: readonly number[];
  width: number;
  aspects: number;
  threads: number;
}): Promise<Float32Array[]> {
  const { values, prompts, groups, width, aspects, threads } = given;
  const parameters = parametersOf(width, aspects);
  const x = input("prompts", ["n", width]);
  const file = exportModel({ name: "gate", outputs: { weights: weightsOf(parameters, x) }, values });
  const session = await openSession(file, { threads });
  const rows: Float32Array[] = [];
  try {
    for (let start = 0; start < groups.length; start += 256) {
      const part = denseFeatures({ features: prompts, width }, groups.slice(start, start + 256));
      const { data } = (await session.run({ prompts: part }))["weights"]!;
      for (let row = 0; row < data.length; row += aspects) {
        rows.push(Float32Array.from(data.subarray(row, row + aspects) as Float32Array));
      }
    }
  } finally {
    await session.dispose();
  }
  return rows;
}

/** The gated margins of pairs, before they are divided by a temperature. */
export async function gatedMargins(given: {
  values: Gate["values"];
  pairs: readonly GatedPair[];
  kind: keyof AspectTemperatures;
  prompts: readonly FeatureVector[];
  width: number;
  aspects: number;
  threads: number;
}): Promise<Float64Array> {
  const { values, pairs, kind } = given;
  const weights = await gateWeights({ ...given, groups: pairs.map(({ pair }) => pair.group) });
  const scale = Math.exp(Number(values["gate_log_scale"]!.data[0]));
  return Float64Array.from(pairs, ({ margins }, i) =>
    weights[i]!.reduce((sum, weight, aspect) => sum + scale * weight * margins[kind][aspect]!, 0),
  );
}

/**
 * What a trained file says with a gate, from its input `prompts` [n, D], the encoder's vectors of the prompts alone: the
 * gated rewards [n, 1] and how much each aspect counts [n, A].
 */
export function gateOutputs(
  { temperatures }: Pick<Gate, "temperatures">,
  width: number,
): (rewards: { withoutSides: Tensor; withSides: Tensor }) => Record<string, Tensor> {
  return (rewards) => {
    const parameters = parametersOf(width, rewards.withSides.shape[1] as number);
    const gate = weightsOf(parameters, input("prompts", ["n", width]));
    return {
      [outputNames.gate.withoutSides]: div(weighed(parameters, gate, rewards.withoutSides), temperatures.withoutSides),
      [outputNames.gate.withSides]: div(weighed(parameters, gate, rewards.withSides), temperatures.withSides),
      [outputNames.gate.weights]: gate,
    };
  };
}
