import * as ops from "../ops";
import { integers } from "../ops/operation";
import type { Operation, OpName, Tensor } from "../tensor";
import { constantOf, intOf, ofFirst, unbroadcast, type Rule } from "./rule";

const reshapeBack = ofFirst((a, gradient) => ops.reshapeLike(gradient, a));

export const shapingRules = {
  Reshape: reshapeBack,
  Unsqueeze: reshapeBack,
  Squeeze: reshapeBack,
  Expand: ofFirst((a, gradient) => unbroadcast(gradient, a)),
  Concat: (node, gradient) => {
    const axis = intOf(node, "axis");
    let start = integers([0]);
    return node.inputs.map((part) => {
      const own = ops.sliceLike(gradient, part, axis, start);
      start = ops.add(start, ops.lengthOf(part, axis));
      return own;
    });
  },
  Slice: ofFirst((a, gradient, node) => {
    const [axis] = constantOf(node, 3);
    return ops.padLike(gradient, a, axis!, startOf(node, a, axis!));
  }),
  Pad: ofFirst((a, gradient, node) => {
    const [axis] = constantOf(node, 3);
    return ops.sliceLike(gradient, a, axis!, ops.slice(node.inputs[1]!, 0, 0, 1));
  }),
  Gather: ofFirst((a, gradient, node) =>
    ops.scatterAdd(ops.zerosLike(a), node.inputs[1]!, gradient, intOf(node, "axis")),
  ),
  GatherElements: ofFirst((a, gradient, node) =>
    ops.scatterAddElements(ops.zerosLike(a), node.inputs[1]!, gradient, intOf(node, "axis")),
  ),
  ScatterElements: (node, gradient) => [
    gradient,
    null,
    ops.gatherElements(gradient, node.inputs[1]!, intOf(node, "axis")),
  ],
  Shape: null,
  Size: null,
} satisfies Partial<Record<OpName, Rule | null>>;

/** Where a slice starts, counted from the front. */
function startOf(node: Operation, a: Tensor, axis: number): Tensor {
  const start = node.inputs[1]!;
  return start.kind === "constant" && Number(start.data[0]) < 0 ? ops.add(ops.lengthOf(a, axis), start) : start;
}
