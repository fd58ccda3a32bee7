import { exportModel } from "@/lib/graph/export";
import { matMul, mul, reduceSum, reshape, tanh } from "@/lib/graph/ops";
import { openSession } from "@/lib/graph/session";
import { input, parameter, type HostTensor, type Tensor } from "@/lib/graph/tensor";
import { fitHiddenProxies } from "./hidden-proxies";
import { fitLinearProxies } from "./linear-proxies";

/** Products of matrices above which a second thread pays, in multiplications. */
const muchWork = 3e7;

/** Reward models, one a mix, that see no more of a pair than the difference of its two completions' features. */
export type Proxies = {
  width: number;
  mixes: number;
  hidden: number;
  /** "w" [width, mixes]; with a hidden layer "w1" [width, mixes * hidden] and "w2" [mixes * hidden]. */
  weights: Readonly<Record<string, HostTensor>>;
  converged: boolean;
  steps: number;
};

/**
 * Trains a reward model on each mix of labels, all of them at once in one graph. Linear ones (`hidden` 0) are fitted to
 * the end, and neither `seed` nor the machine's load changes them; those with a hidden layer, v' tanh(W x) without biases
 * so that swapping the completions changes the sign, take a fixed number of steps with weight decay in place of `l2`.
 */
export async function fitProxies(given: {
  /** [rows, width]. */
  vectors: Float32Array;
  width: number;
  rows: number;
  /** [rows, mixes]: 1 where the first of the pair is preferred, 0 the second, 0.5 a tie; NaN where a pair is not in the mix. */
  labels: Float32Array;
  /** Of the sum over pairs: l2 / 2 |w|^2; see `penaltyFor`. */
  l2: number;
  hidden: number;
  seed: number;
  /** After every step of all mixes; throws to stop. */
  onStep?: (() => void) | undefined;
}): Promise<Proxies> {
  const { vectors, width, rows, labels, l2, hidden, seed, onStep } = given;
  const mixes = labels.length / rows;
  const threads = threadsFor(labels.length * width * Math.max(1, hidden));
  if (hidden > 0) return fitHiddenProxies({ vectors, width, rows, labels, mixes, hidden, seed, threads, onStep });
  return fitLinearProxies({ vectors, width, rows, labels, mixes, l2, threads, onStep });
}

/** [rows, mixes]: the logits with which the proxies prefer the first of each pair. */
export async function marginsOf(proxies: Proxies, vectors: Float32Array): Promise<Float32Array> {
  const { width, mixes, hidden, weights } = proxies;
  const rows = vectors.length / width;
  const x = input("x", [rows, width]);
  const named = (name: string): Tensor => parameter(name, weights[name]!.shape);
  const margins =
    hidden === 0
      ? matMul(x, named("w"))
      : reduceSum(reshape(mul(tanh(matMul(x, named("w1"))), named("w2")), [rows, mixes, hidden]), { axes: [2] });
  const model = exportModel({ name: "margins", outputs: { margins }, values: weights });
  const session = await openSession(model, { threads: threadsFor(rows * mixes * width * Math.max(1, hidden)) });
  try {
    const result = await session.run({ x: { dtype: "float32", shape: [rows, width], data: vectors } });
    return result["margins"]!.data as Float32Array;
  } finally {
    await session.dispose();
  }
}

/** By the work alone and not by the machine, so that the same seed gives the same bits everywhere. */
const threadsFor = (work: number): number => (work > muchWork ? 2 : 1);

/**
 * The l2 under which logits of these vectors have a standard deviation of `spread` before any label is seen:
 * mean |x|^2 / spread^2, whatever the vectors' scale.
 */
export function penaltyFor(vectors: Float32Array, width: number, spread: number): number {
  let squares = 0;
  for (const value of vectors) squares += value * value;
  return Math.max(squares / (vectors.length / width), 1e-6) / spread ** 2;
}
