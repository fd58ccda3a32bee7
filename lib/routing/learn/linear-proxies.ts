import { AppError } from "@/lib/errors";
import { exportModel } from "@/lib/graph/export";
import {
  abs,
  add,
  div,
  gemm,
  greater,
  greaterOrEqual,
  matMul,
  mul,
  reduceMax,
  reduceSum,
  sigmoid,
  sqrt,
  square,
  sub,
  where,
} from "@/lib/graph/ops";
import { openSession } from "@/lib/graph/session";
import { constant, input, parameter, type HostTensor, type Tensor } from "@/lib/graph/tensor";
import { cholesky, inverseCholesky } from "@/lib/stats/cholesky";
import type { Proxies } from "./proxies";

/** A fit has converged when no weight moved by more than this share of the largest. */
const tolerance = 1e-4;
const mostSteps = 300;

/** What a pair has as its label in the graph where it is not in the mix. */
const absent = -1;

/**
 * Logistic regressions without an intercept, one a mix, all at once: each minimises
 *
 *     sum_i [ log(1 + e^{x_i w}) - y_i x_i w ] + l2 / 2 |w|^2
 *
 * over the pairs that are in its mix. The Hessian of any of them is at most H = X'X / 4 + l2 I (Böhning & Lindsay 1988),
 * so that with H^-1, made once, a step w - H^-1 g never overshoots, and one step of all is two products of matrices.
 * Nesterov's momentum, which each mix drops by itself when it would lead uphill (O'Donoghue & Candès 2015), needs a
 * fraction of the steps.
 */
export async function fitLinearProxies(given: {
  vectors: Float32Array;
  width: number;
  rows: number;
  /** [rows, mixes], NaN for a pair that is not in the mix. */
  labels: Float32Array;
  mixes: number;
  l2: number;
  threads: number;
  onStep: (() => void) | undefined;
}): Promise<Proxies> {
  const { vectors, width, rows, labels, mixes, l2, threads, onStep } = given;
  const x: HostTensor = { dtype: "float32", shape: [rows, width], data: vectors };
  const metric = await metricOf(x, width, l2, threads);
  const model = exportModel(stepGraph({ rows, width, mixes, l2, x, metric }));
  const session = await openSession(model, { threads });
  try {
    const y = matrix(
      [rows, mixes],
      labels.map((label) => (Number.isNaN(label) ? absent : label)),
    );
    const zeros = (): HostTensor => matrix([width, mixes], new Float32Array(width * mixes));
    let [w, v, spare, spareV] = [zeros(), zeros(), zeros(), zeros()];
    let t = matrix([1, mixes], new Float32Array(mixes).fill(1));
    let [steps, converged] = [0, false];
    while (steps < mostSteps && !converged) {
      steps++;
      const out = await session.step(
        { y, w, v, t },
        { "w.next": spare, "v.next": spareV, "t.next": null, moved: null },
      );
      [w, spare, v, spareV] = [spare, w, spareV, v];
      t = out["t.next"] as HostTensor;
      onStep?.();
      converged = Number((out["moved"] as HostTensor).data[0]) <= tolerance;
    }
    return { width, mixes, hidden: 0, weights: { w }, converged, steps };
  } finally {
    await session.dispose();
  }
}

/** From weights w, the place v that momentum leads to, and Nesterov's t of each mix, to the next three. */
function stepGraph(given: {
  rows: number;
  width: number;
  mixes: number;
  l2: number;
  x: HostTensor;
  metric: HostTensor;
}): Parameters<typeof exportModel>[0] {
  const { rows, width, mixes, l2 } = given;
  const x = parameter("x", [rows, width]);
  const metric = parameter("metric", [width, width]);
  const y = input("y", [rows, mixes]);
  const w = input("w", [width, mixes]);
  const v = input("v", [width, mixes]);
  const t = input("t", [1, mixes]);
  const residual = where(greaterOrEqual(y, 0), sub(sigmoid(matMul(x, v)), y), 0);
  const gradient = add(gemm(x, residual, undefined, { transA: true }), mul(v, l2));
  const next = sub(v, matMul(metric, gradient));
  const change = sub(next, w);
  const isUphill = greater(reduceSum(mul(gradient, change), { axes: [0], keepDims: true }), 0);
  const one = constant([1], [1, 1]);
  const nextT = where(isUphill, one, div(add(sqrt(add(mul(square(t), 4), 1)), 1), 2));
  const momentum = where(isUphill, constant([0], [1, 1]), div(sub(t, 1), nextT));
  const largest = (tensor: Tensor): Tensor => reduceMax(abs(tensor));
  return {
    name: "linear-proxies",
    outputs: {
      "w.next": next,
      "v.next": add(next, mul(change, momentum)),
      "t.next": nextT,
      moved: div(largest(change), add(largest(next), 1e-12)),
    },
    values: { x: given.x, metric: given.metric },
  };
}

/** (X'X / 4 + l2 I)^-1. */
async function metricOf(x: HostTensor, width: number, l2: number, threads: number): Promise<HostTensor> {
  const rows = input("x", x.shape);
  const gram = exportModel({ name: "gram", outputs: { gram: gemm(rows, rows, undefined, { transA: true }) } });
  const session = await openSession(gram, { threads });
  const result = await session.run({ x });
  await session.dispose();
  const bound = Float64Array.from(result["gram"]!.data as Float32Array, (value) => value / 4);
  for (let i = 0; i < width; i++) bound[i * width + i]! += l2;
  const lower = cholesky(bound, width);
  if (!lower) throw new AppError("internal", "Proxies need a positive l2: the features of the pairs say the same.");
  return matrix([width, width], Float32Array.from(inverseCholesky(lower, width)));
}

const matrix = (shape: number[], data: Float32Array): HostTensor => ({ dtype: "float32", shape, data });
