import { add, matMul, mul, reduceMean, reduceSum, softplus, square, sub } from "@/lib/graph/ops";
import { sgd } from "@/lib/graph/optimisers";
import { input, parameter, type HostTensor, type Parameter, type Tensor } from "@/lib/graph/tensor";
import { trainingStep, type TrainingStep } from "@/lib/graph/training-step";
import { randomOrder, streamFor } from "@/lib/reward/training/sampling";
import type { DenseConfig } from "./schema";

/** D numbers are read of a row; every head has K members, which are the columns k + K c of its parameters. */
export type DenseShape = { width: number; heads: number; members: number };

type DenseParameters = { w: Parameter; b: Parameter };
export type DenseValues = Record<keyof DenseParameters, HostTensor>;

export const columnsOf = ({ heads, members }: DenseShape): number => heads * members;

function denseParameters(shape: DenseShape): DenseParameters {
  const columns = columnsOf(shape);
  return { w: parameter("w", [shape.width, columns]), b: parameter("b", [columns]) };
}

/** The logits of rows x [n, D] by every member of every head, [n, KC]: z = x w + b. */
function logits({ w, b }: Record<keyof DenseParameters, Tensor>, x: Tensor): Tensor {
  return add(matMul(x, w), b);
}

/**
 * The training step of logistic regressions that share nothing but the rows, of which there are N in all. Fed with `x`
 * [n, D]; `target` and `weight` [n, KC], 0 where a head has nothing to learn; `mask` [D, KC], 0 for what is hidden from a
 * member.
 *
 *     L = sum_c 1/n sum_i w_ic [ log(1 + e^z_ic) - p_ic z_ic ] + penalty / (2 N) sum_c |w_c|^2
 *
 * By gradient descent with momentum, which comes to the minimum of this convex loss; AdamW's steps are as long for rare features
 * as for usual ones, and ranked held-out segments worse.
 */
export function denseStep(shape: DenseShape, { penalty }: DenseConfig, rows: number): TrainingStep {
  const columns = columnsOf(shape);
  const own = denseParameters(shape);
  const x = input("x", ["rows", shape.width]);
  const target = input("target", ["rows", columns]);
  const weight = input("weight", ["rows", columns]);
  const mask = input("mask", [shape.width, columns]);
  const z = logits({ ...own, w: mul(own.w, mask) }, x);
  const likelihood = reduceSum(reduceMean(mul(weight, sub(softplus(z), mul(target, z))), { axes: [0] }));
  const loss = add(likelihood, mul(reduceSum(square(own.w)), penalty / (2 * rows)));
  return trainingStep({
    name: "dense_step",
    loss,
    optimiser: sgd({ momentum: 0.9 }),
    trained: [
      { parameter: own.w, weightDecay: 0 },
      { parameter: own.b, weightDecay: 0 },
    ],
  });
}

/** Nothing is learned yet: every probability is 1/2. */
export function denseStart(shape: DenseShape): DenseValues {
  const columns = columnsOf(shape);
  return { w: zeros([shape.width, columns]), b: zeros([columns]) };
}

/** Which numbers of a row each member sees: 1, or 0 for `maskedShare` of them, the same for all heads. [D, KC] */
export function denseMask(shape: DenseShape, maskedShare: number, seed: number): HostTensor {
  const { width, heads, members } = shape;
  const columns = columnsOf(shape);
  const data = new Float32Array(width * columns).fill(1);
  for (let member = 0; member < members; member++) {
    const order = randomOrder(width, streamFor(seed, "denseMask", member));
    for (const feature of order.subarray(0, Math.round(maskedShare * width))) {
      for (let head = 0; head < heads; head++) data[feature * columns + head * members + member] = 0;
    }
  }
  return { dtype: "float32", shape: [width, columns], data };
}

function zeros(shape: readonly [number, number?]): HostTensor {
  const dims = shape.filter((length) => length !== undefined);
  return { dtype: "float32", shape: dims, data: new Float32Array(dims.reduce((size, length) => size * length, 1)) };
}
