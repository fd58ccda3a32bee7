import { memberParameter } from "@/lib/graph/ensemble";
import type { GraphDefinition } from "@/lib/graph/layout";
import {
  add,
  concat,
  matMul,
  mul,
  reduceMean,
  reduceSum,
  reshape,
  slice,
  softplus,
  square,
  squeeze,
  sub,
} from "@/lib/graph/ops";
import { constant, input, type HostTensor, type Parameter, type Tensor } from "@/lib/graph/tensor";
import { trainingStep, type TrainingStep } from "@/lib/graph/training-step";
import { normal, streamFor } from "../training/sampling";

export type PreferenceShape = {
  /** Members of each of the two ensembles. */
  members: number;
  /** Planes in which completions can beat each other in a circle. */
  planes: number;
  /** Numbers that a head sees of a completion: the encoder's features and the standardised side features. */
  width: number;
};

/** Rewards of the K Bradley-Terry members and then of the K general ones [2K, F, 1]; vectors of the general ones [K, F, 2m]. */
export type Preference = { w: Parameter; v: Parameter };
export type PreferenceValues = Record<keyof Preference, HostTensor>;

/** A pull to zero, as if added once to the loss of all pairs together: features outnumber labels. */
const l2 = 3;
/** Vectors must not start at zero, where their products have no slope. */
const startDeviation = 0.1;

export function preferenceParameters({ members, planes, width }: PreferenceShape): Preference {
  return {
    w: memberParameter("w", 2 * members, [width, 1]),
    v: memberParameter("v", members, [width, 2 * planes]),
  };
}

/**
 * The margins of n pairs by 2K members. A Bradley-Terry member says r(y) - r(y'), a general one (Zhang et al., "General
 * preference modeling") adds what the vectors v in R^2m say of the two:
 *
 *     s(y, y') = r(y) - r(y') + v(y)^T R v(y'),    R block diagonal of [[0, -1], [1, 0]]
 *
 * which is antisymmetric by construction, contains Bradley-Terry, and can let a beat b, b beat c and c beat a. `x` [2n, F]
 * has the first completions before the second ones. [2K, n]
 */
export function preferenceMargins({ w, v }: Preference, x: Tensor, { members, planes }: PreferenceShape): Tensor {
  const reward = reshape(squeeze(matMul(x, w), [2]), [2 * members, 2, "pairs"]);
  const difference = reduceSum(mul(reward, constant([1, -1], [2, 1])), { axes: [1] });
  const vectors = reshape(matMul(x, v), [members, 2, "pairs", planes, 2]);
  const part = (completion: number, coordinate: number): Tensor =>
    squeeze(slice(slice(vectors, 1, completion, completion + 1), 4, coordinate, coordinate + 1), [1, 4]);
  const turn = sub(mul(part(0, 1), part(1, 0)), mul(part(0, 0), part(1, 1)));
  const general = add(slice(difference, 0, members), reduceSum(turn, { axes: [2] }));
  return concat([slice(difference, 0, 0, members), general], 0);
}

/** The training step on pairs `x` [2n, F] with `target` and `weight` [2K, n], of a training on `pairs` pairs. */
export function preferenceStep(shape: PreferenceShape, pairs: number): TrainingStep {
  const head = preferenceParameters(shape);
  const margin = preferenceMargins(head, input("x", ["completions", shape.width]), shape);
  const target = input("target", [2 * shape.members, "pairs"]);
  const weight = input("weight", [2 * shape.members, "pairs"]);
  const likelihood = mul(weight, sub(softplus(margin), mul(target, margin)));
  const pull = mul(add(reduceSum(square(head.w)), reduceSum(square(head.v))), l2 / (2 * pairs));
  const loss = add(reduceSum(reduceMean(likelihood, { axes: [1] })), pull);
  const trained = [head.w, head.v].map((parameter) => ({ parameter, weightDecay: 0 }));
  return trainingStep({ name: "preference_step", loss, trained });
}

/** The margins under parameters that are fed. */
export function preferenceGraph(shape: PreferenceShape): GraphDefinition {
  const x = input("x", ["completions", shape.width]);
  return { name: "preferences", outputs: { margins: preferenceMargins(preferenceParameters(shape), x, shape) } };
}

/** Rewards start at zero, vectors at small random numbers. */
export function startPreference({ members, planes, width }: PreferenceShape, seed: number): PreferenceValues {
  const random = streamFor(seed, "preference", 0);
  const vectors = Float32Array.from({ length: members * width * 2 * planes }, () => startDeviation * normal(random));
  return {
    w: { dtype: "float32", shape: [2 * members, width, 1], data: new Float32Array(2 * members * width) },
    v: { dtype: "float32", shape: [members, width, 2 * planes], data: vectors },
  };
}
