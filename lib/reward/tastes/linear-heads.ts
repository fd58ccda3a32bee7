import { writeDense } from "@/lib/encoders/sparse";
import { exportModel } from "@/lib/graph/export";
import { add, matMul, mul, reduceMean, reduceSum, softplus, square, sub } from "@/lib/graph/ops";
import { openSession } from "@/lib/graph/session";
import { input, parameter, type HostTensor } from "@/lib/graph/tensor";
import { openTraining, takeSteps, type Batch } from "@/lib/graph/training";
import { initialState, trainingStep, type TrainingStep } from "@/lib/graph/training-step";
import { standardised, type Standard } from "../training/batches";
import type { TrainingData, TrainingPair } from "../training/data";
import { randomOrder } from "../training/sampling";
import type { Random } from "@/lib/stats/random";

/**
 * Linear Bradley-Terry heads, many in one graph: the margin of head m on a pair is d . w_m, with d the difference of the
 * two completions' vectors, each the encoder's features followed by the standardised side features. Weights are [F, M].
 */
export type HeadWeights = HostTensor;

/** What each head learns of each pair, [pair][head]: the weight of its labels, and that weight times their targets. */
export type Lessons = { weights: Float32Array; masses: Float32Array };

type Pairs = readonly Pick<TrainingPair, "first" | "second">[];
type Features = Pick<TrainingData, "features" | "sides" | "width">;

/** The differences of pairs, [n, F], row after row. */
export type PairRows = { count: number; width: number; data: Float32Array };

/** A pull to zero, as if added once to the loss of all pairs together: features outnumber labels. */
const l2 = 3;
const learningRate = 0.03;
const mostPairsInStep = 1024;
/** Few pairs are not learned in a few large steps. */
const fewestSteps = 8;
/** Pairs whose margins are computed in one run. */
const pairsAtOnce = 2048;

/** The differences that linear heads take of pairs. */
export function pairRows({ features, sides, width }: Features, standard: Standard, pairs: Pairs): PairRows {
  const rowWidth = width + standard.means.length;
  const data = new Float32Array(pairs.length * rowWidth);
  const other = new Float32Array(rowWidth);
  pairs.forEach(({ first, second }, i) => {
    const row = data.subarray(i * rowWidth, (i + 1) * rowWidth);
    writeDense(features[first]!, row, 0, width);
    writeDense(features[second]!, other, 0, width);
    row.set(standardised(sides[first]!, standard), width);
    other.set(standardised(sides[second]!, standard), width);
    for (let j = 0; j < rowWidth; j++) row[j]! -= other[j]!;
  });
  return { count: pairs.length, width: rowWidth, data };
}

/** Heads in training. */
export type LinearTraining = {
  /** Takes every pair once, in an order drawn anew, and gives the weights. */
  epoch: (lessons: Lessons) => Promise<HeadWeights>;
  dispose: () => Promise<void>;
};

/**
 * Opens the training of `heads` heads, which begin at zero, by the mean over the pairs of w log(1 + e^D) - m D, with w the
 * weight and m the mass of a pair's labels, and a pull of every weight to zero.
 */
export async function openLinearTraining(rows: PairRows, heads: number, random: Random): Promise<LinearTraining> {
  const step = linearStep(rows, heads);
  const zeros = new Float32Array(rows.width * heads);
  const start: HostTensor = { dtype: "float32", shape: [rows.width, heads], data: zeros };
  const training = await openTraining({ step, state: initialState(step, { w: start }) });
  const size = Math.max(1, Math.min(mostPairsInStep, Math.ceil(rows.count / fewestSteps)));
  let taken = 0;
  return {
    async epoch(lessons) {
      const order = randomOrder(rows.count, random);
      const before = taken;
      const steps = Math.ceil(rows.count / size);
      await takeSteps({
        training,
        from: before,
        steps: before + steps,
        batchesAt: (at) => [
          batchOf(rows, lessons, heads, order.subarray((at - before - 1) * size, (at - before) * size)),
        ],
        learningRateAt: () => learningRate,
      });
      taken += steps;
      return (await training.read()).tensors["w"]!;
    },
    dispose: () => training.dispose(),
  };
}

/** The margins of all pairs by every head: [pair][head]. */
export async function linearMargins(rows: PairRows, weights: HeadWeights): Promise<Float32Array> {
  const [width, heads] = weights.shape as [number, number];
  const margins = matMul(input("d", ["pairs", width]), parameter("w", [width, heads]));
  const session = await openSession(exportModel({ name: "margins", outputs: { margins }, values: { w: weights } }));
  const all = new Float32Array(rows.count * heads);
  try {
    for (let start = 0; start < rows.count; start += pairsAtOnce) {
      const end = Math.min(start + pairsAtOnce, rows.count);
      const data = rows.data.subarray(start * width, end * width);
      const output = await session.run({ d: { dtype: "float32", shape: [end - start, width], data } });
      all.set(output["margins"]!.data as Float32Array, start * heads);
    }
  } finally {
    await session.dispose();
  }
  return all;
}

function linearStep({ width, count }: PairRows, heads: number): TrainingStep {
  const w = parameter("w", [width, heads]);
  const margin = matMul(input("d", ["pairs", width]), w);
  const weight = input("weight", ["pairs", heads]);
  const mass = input("mass", ["pairs", heads]);
  const likelihood = reduceSum(reduceMean(sub(mul(weight, softplus(margin)), mul(mass, margin)), { axes: [0] }));
  const pull = mul(reduceSum(square(w)), l2 / (2 * Math.max(1, count)));
  const loss = add(likelihood, pull);
  return trainingStep({ name: "linear_step", loss, trained: [{ parameter: w, weightDecay: 0 }] });
}

function batchOf(rows: PairRows, { weights, masses }: Lessons, heads: number, places: Uint32Array): Batch {
  const gathered = (from: Float32Array, width: number): HostTensor => {
    const data = new Float32Array(places.length * width);
    places.forEach((place, i) => data.set(from.subarray(place * width, (place + 1) * width), i * width));
    return { dtype: "float32", shape: [places.length, width], data };
  };
  return { d: gathered(rows.data, rows.width), weight: gathered(weights, heads), mass: gathered(masses, heads) };
}
