import * as ops from "../ops";
import type { Operation, OpName, Tensor } from "../tensor";
import { constantOf, intOf, ofFirst, type Rule } from "./rule";

export const reductionRules = {
  ReduceSum: ofFirst((a, gradient, node) => ops.expandLike(withAxes(node, gradient), a)),
  ReduceMean: ofFirst((a, gradient, node) => {
    const share = ops.div(ops.cast(ops.sizeOf(node), a.dtype), ops.cast(ops.sizeOf(a), a.dtype));
    return ops.expandLike(withAxes(node, ops.mul(gradient, share)), a);
  }),
  ReduceMax: ofFirst((a, gradient, node) => {
    const isLargest = ops.equal(a, withAxes(node, node));
    const count = ops.reduceSum(ops.cast(isLargest, a.dtype), { axes: constantOf(node, 1), keepDims: true });
    return ops.where(isLargest, ops.div(withAxes(node, gradient), count), 0);
  }),
  // An element is part of the sums after it; its gradient is theirs.
  CumSum: ofFirst((_a, gradient, node) =>
    ops.cumSum(gradient, constantOf(node, 1)[0]!, {
      reverse: intOf(node, "reverse") === 0,
      exclusive: intOf(node, "exclusive") === 1,
    }),
  ),
} satisfies Partial<Record<OpName, Rule | null>>;

/** Gives what has a reduction's shape the axes back that the reduction dropped, with length 1. */
function withAxes(node: Operation, tensor: Tensor): Tensor {
  return intOf(node, "keepdims") === 1 ? tensor : ops.unsqueeze(tensor, constantOf(node, 1));
}
