import { memberParameter } from "@/lib/graph/ensemble";
import type { GraphDefinition } from "@/lib/graph/layout";
import { add, matMul, relu, squeeze } from "@/lib/graph/ops";
import { elementCount, input, type HostTensor, type Parameter, type Tensor } from "@/lib/graph/tensor";
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

/** The parameters of the trunk and of the overall reward, with those of other heads. */
export type ModelValues = HeadValues & Readonly<Record<string, HostTensor>>;

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

/** The trunk: relu(W1 x + b1), the hidden units [K, n, h] of completions with text features x [n, D]. */
export function hiddenOf({ w1, b1 }: Record<"w1" | "b1", Tensor>, x: Tensor): Tensor {
  return relu(add(matMul(x, w1), b1));
}

/**
 * The reward of a completion with hidden units z and standardised side features s [n, S], for every member k at once:
 *
 *     r = f + ws . s          f = w2 . z + b2          z = relu(W1 x + b1)
 *
 * The nuisance branch ws . s takes what length and format explain; f alone is the reward without them.
 */
export function rewardsOf({ w2, b2, ws }: Record<"w2" | "b2" | "ws", Tensor>, hidden: Tensor, s: Tensor): Rewards {
  const text = add(matMul(hidden, w2), b2);
  const both = add(text, matMul(s, ws));
  return { withoutSides: squeeze(text, [2]), withSides: squeeze(both, [2]) };
}

/** Rewards of completions with text features x [n, D]. */
export function rewards(head: Record<keyof Head, Tensor>, x: Tensor, s: Tensor): Rewards {
  return rewardsOf(head, hiddenOf(head, x), s);
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
