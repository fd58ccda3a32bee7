import { memberParameter } from "@/lib/graph/ensemble";
import {
  add,
  matMul,
  mul,
  reduceMean,
  reduceSum,
  relu,
  reshape,
  softplus,
  square,
  squeeze,
  sub,
} from "@/lib/graph/ops";
import { constant, elementCount, input, type HostTensor, type Parameter, type Tensor } from "@/lib/graph/tensor";
import type { GraphDefinition } from "@/lib/graph/layout";
import { trainingStep, type TrainingStep } from "@/lib/graph/training-step";
import type { RewardConfig } from "./config";
import { normal, randomOrder, streamFor } from "./sampling";

export type HeadShape = { members: number; hidden: number; width: number; sides: number };

export type Head = {
  w1: Parameter; // [K, D, h]
  b1: Parameter; // [K, 1, h]
  w2: Parameter; // [K, h, 1]
  b2: Parameter; // [K, 1, 1]
  ws: Parameter; // [K, S, 1]
};

export type HeadValues = Record<keyof Head, HostTensor>;

/** Rewards of K members for n completions, each [K, n]. */
export type Rewards = { withoutSides: Tensor; withSides: Tensor };

export function headParameters({ members, hidden, width, sides }: HeadShape): Head {
  return {
    w1: memberParameter("w1", members, [width, hidden]),
    b1: memberParameter("b1", members, [1, hidden]),
    w2: memberParameter("w2", members, [hidden, 1]),
    b2: memberParameter("b2", members, [1, 1]),
    ws: memberParameter("ws", members, [sides, 1]),
  };
}

/**
 * The reward of a completion with text features x and standardised side features s, for every member k at once:
 *
 *     r = f(x) + ws . s          f(x) = w2 . relu(W1 x + b1) + b2
 *
 * The nuisance branch ws . s takes what length and format explain; f alone is the reward without them.
 * x [n, D], s [n, S].
 */
export function rewards({ w1, b1, w2, b2, ws }: Record<keyof Head, Tensor>, x: Tensor, s: Tensor): Rewards {
  const text = add(matMul(relu(add(matMul(x, w1), b1)), w2), b2);
  const both = add(text, matMul(s, ws));
  return { withoutSides: squeeze(text, [2]), withSides: squeeze(both, [2]) };
}

/**
 * The training step of the Bradley-Terry ensemble. Fed with `x` [2n, D] and `s` [2n, S], the first completions of the n
 * pairs before the second ones; `target` and `weight` [K, n]; `lead` m [n], the pairs' margins; `mask` [K, D, 1], 0 for
 * the features hidden from a member.
 *
 *     L = sum_k mean_i w_ki [ log(1 + e^D_ki) - p_ki D_ki ] + centring * mean_i (r_ki1 + r_ki2)^2,   D = r_1 - r_2 - m
 */
export function rewardStep(shape: HeadShape, config: RewardConfig): TrainingStep {
  const { members, width, sides } = shape;
  const head = headParameters(shape);
  const x = input("x", ["completions", width]);
  const s = input("s", ["completions", sides]);
  const target = input("target", [members, "pairs"]);
  const weight = input("weight", [members, "pairs"]);
  const lead = input("lead", ["pairs"]);
  const mask = input("mask", [members, width, 1]);

  const reward = reshape(rewards({ ...head, w1: mul(head.w1, mask) }, x, s).withSides, [members, 2, "pairs"]);
  const margin = sub(reduceSum(mul(reward, constant([1, -1], [2, 1])), { axes: [1] }), lead);
  const likelihood = mul(weight, sub(softplus(margin), mul(target, margin)));
  const centre = mul(square(reduceSum(reward, { axes: [1] })), config.centring);
  const loss = reduceSum(reduceMean(add(likelihood, centre), { axes: [1] }));
  const { weightDecay } = config;
  return trainingStep({
    name: "reward_step",
    loss,
    trained: [
      { parameter: head.w1, weightDecay },
      { parameter: head.b1, weightDecay: 0 },
      { parameter: head.w2, weightDecay },
      { parameter: head.b2, weightDecay: 0 },
      { parameter: head.ws, weightDecay },
    ],
  });
}

/** The rewards of completions under parameters that are fed: the forward pass by which validation is scored. */
export function rewardGraph(shape: HeadShape): GraphDefinition {
  const x = input("x", ["completions", shape.width]);
  const s = input("s", ["completions", shape.sides]);
  return { name: "rewards", outputs: { ...rewards(headParameters(shape), x, s) } };
}

/**
 * Random first weights, seeded for each member; what follows them starts at 0, so that f starts at 0. Features that are
 * hidden from a member start at 0 and stay there. `sideWeights` [k][S] are where the nuisance branch starts.
 */
export function startValues(given: {
  shape: HeadShape;
  mask: HostTensor;
  sideWeights: readonly ArrayLike<number>[];
  seed: number;
}): HeadValues {
  const { shape, mask, sideWeights, seed } = given;
  const { members, hidden, width, sides } = shape;
  const w1 = new Float32Array(members * width * hidden);
  for (let member = 0; member < members; member++) {
    const random = streamFor(seed, "start", member);
    for (let feature = 0; feature < width; feature++) {
      const isSeen = mask.data[member * width + feature] === 1;
      const offset = (member * width + feature) * hidden;
      for (let unit = 0; unit < hidden; unit++) {
        const value = normal(random) / Math.sqrt(width);
        w1[offset + unit] = isSeen ? value : 0;
      }
    }
  }
  return {
    w1: { dtype: "float32", shape: [members, width, hidden], data: w1 },
    b1: zeros([members, 1, hidden]),
    w2: zeros([members, hidden, 1]),
    b2: zeros([members, 1, 1]),
    ws: {
      dtype: "float32",
      shape: [members, sides, 1],
      data: Float32Array.from(sideWeights.flatMap((weights) => Array.from(weights))),
    },
  };
}

/** Which features each member sees: 1, or 0 for `maskedShare` of them. [K, D, 1] */
export function featureMask({ members, width }: HeadShape, maskedShare: number, seed: number): HostTensor {
  const data = new Float32Array(members * width).fill(1);
  const hidden = Math.round(maskedShare * width);
  for (let member = 0; member < members; member++) {
    const order = randomOrder(width, streamFor(seed, "mask", member));
    for (const feature of order.subarray(0, hidden)) data[member * width + feature] = 0;
  }
  return { dtype: "float32", shape: [members, width, 1], data };
}

function zeros(shape: readonly number[]): HostTensor {
  return { dtype: "float32", shape, data: new Float32Array(elementCount(shape)) };
}
