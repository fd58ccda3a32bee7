import { AppError } from "@/lib/errors";
import {
  add,
  cast,
  div,
  expandLike,
  greater,
  log,
  matMul,
  mul,
  neg,
  pow,
  reduceSum,
  reshapeLike,
  sigmoid,
  sizeOf,
  squeeze,
  sub,
  transpose,
  unsqueeze,
  where,
} from "./ops";
import { formatShape, sameShape, stretchedAxes } from "./shape";
import { constant, describe, type Operation, type OpName, type Tensor } from "./tensor";
import { topologicalOrder } from "./order";

/** From an operation and the loss's gradient by its result: the loss's gradient by each input, null where there is none. */
type Rule = (node: Operation, gradient: Tensor) => (Tensor | null)[];

/**
 * Reverse-mode differentiation: the gradients of a scalar `loss` by each of `by`, as tensors of their shapes. They are
 * ordinary expressions, so they may be combined, exported, or differentiated again. Throws `internal` for a loss that is
 * not one number, or that does not depend on a tensor of `by`.
 */
export function gradients(loss: Tensor, by: readonly Tensor[]): Tensor[] {
  if (loss.shape.length > 0) {
    throw new AppError(
      "internal",
      `The loss ${describe(loss)} has the shape ${formatShape(loss.shape)}; reduce it to one number.`,
    );
  }
  const order = topologicalOrder([loss]);
  const depends = new Set<Tensor>(by);
  for (const node of order) {
    if (node.kind === "operation" && node.inputs.some((part) => depends.has(part))) depends.add(node);
  }
  const found = new Map<Tensor, Tensor>([[loss, constant([1], [], loss.dtype)]]);
  for (const node of order.toReversed()) {
    const gradient = found.get(node);
    if (!gradient || node.kind !== "operation") continue;
    const rule = rules[node.op];
    if (!rule) continue;
    rule(node, gradient).forEach((part, i) => {
      const target = node.inputs[i]!;
      if (!part || !depends.has(target)) return;
      const before = found.get(target);
      found.set(target, before ? add(before, part) : part);
    });
  }
  return by.map((tensor) => {
    const gradient = found.get(tensor);
    if (gradient) return gradient;
    throw new AppError(
      "internal",
      `The loss ${describe(loss)} does not depend on ${describe(tensor)} in a differentiable way.`,
    );
  });
}

/** Sums a gradient over the axes along which its tensor was stretched, so that it has the tensor's shape again. */
function unbroadcast(gradient: Tensor, like: Tensor): Tensor {
  if (sameShape(gradient.shape, like.shape)) return gradient;
  const { missing, stretched } = stretchedAxes(like.shape, gradient.shape);
  const summed = reduceSum(gradient, { axes: [...missing, ...stretched], keepDims: true });
  return missing.length > 0 ? squeeze(summed, missing) : summed;
}

/** A rule for an operator whose operands broadcast. */
function broadcasting(rule: (a: Tensor, b: Tensor, gradient: Tensor, node: Operation) => [Tensor, Tensor]): Rule {
  return (node, gradient) => {
    const [a, b] = node.inputs as [Tensor, Tensor];
    const [byA, byB] = rule(a, b, gradient, node);
    return [unbroadcast(byA, a), unbroadcast(byB, b)];
  };
}

/** A rule for an operator of one operand, element by element. */
function pointwise(rule: (a: Tensor, gradient: Tensor, node: Operation) => Tensor): Rule {
  return (node, gradient) => [rule(node.inputs[0]!, gradient, node)];
}

/** Gives a reduction's gradient back the axes that the reduction dropped, and repeats it along them. */
function spread(node: Operation, gradient: Tensor): Tensor {
  const [a, axes] = node.inputs as [Tensor, Tensor];
  const isDropped = node.shape.length < a.shape.length;
  const kept = isDropped && axes.kind === "constant" ? unsqueeze(gradient, Array.from(axes.data, Number)) : gradient;
  return expandLike(kept, a);
}

const rules: Record<OpName, Rule | null> = {
  Add: broadcasting((_a, _b, gradient) => [gradient, gradient]),
  Sub: broadcasting((_a, _b, gradient) => [gradient, neg(gradient)]),
  Mul: broadcasting((a, b, gradient) => [mul(gradient, b), mul(gradient, a)]),
  Div: broadcasting((_a, b, gradient, node) => [div(gradient, b), neg(div(mul(gradient, node), b))]),
  Pow: broadcasting((a, b, gradient, node) => [
    mul(mul(gradient, b), pow(a, sub(b, 1))),
    mul(mul(gradient, node), log(a)),
  ]),
  Neg: pointwise((_a, gradient) => neg(gradient)),
  Exp: pointwise((_a, gradient, node) => mul(gradient, node)),
  Log: pointwise((a, gradient) => div(gradient, a)),
  Sqrt: pointwise((_a, gradient, node) => div(gradient, mul(node, 2))),
  Sigmoid: pointwise((_a, gradient, node) => mul(gradient, mul(node, sub(constant([1], [], node.dtype), node)))),
  Softplus: pointwise((a, gradient) => mul(gradient, sigmoid(a))),
  Relu: pointwise((a, gradient) => where(greater(a, 0), gradient, 0)),
  Identity: pointwise((_a, gradient) => gradient),
  Cast: (node, gradient) => {
    const a = node.inputs[0]!;
    return [isFloat(a) && isFloat(node) ? cast(gradient, a.dtype) : null];
  },
  MatMul: broadcasting((a, b, gradient) => [matMul(gradient, transpose(b)), matMul(transpose(a), gradient)]),
  Transpose: pointwise((_a, gradient, node) => transpose(gradient, inverseOrder(node))),
  Reshape: (node, gradient) => [reshapeLike(gradient, node.inputs[0]!), null],
  Unsqueeze: (node, gradient) => [reshapeLike(gradient, node.inputs[0]!), null],
  Squeeze: (node, gradient) => [reshapeLike(gradient, node.inputs[0]!), null],
  Expand: (node, gradient) => [unbroadcast(gradient, node.inputs[0]!), null],
  ReduceSum: (node, gradient) => [spread(node, gradient), null],
  ReduceMean: (node, gradient) => {
    const a = node.inputs[0]!;
    const share = div(cast(sizeOf(node), a.dtype), cast(sizeOf(a), a.dtype));
    return [spread(node, mul(gradient, share)), null];
  },
  Where: (node, gradient) => {
    const [condition, yes, no] = node.inputs as [Tensor, Tensor, Tensor];
    const zero = constant([0], [], gradient.dtype);
    return [null, unbroadcast(where(condition, gradient, 0), yes), unbroadcast(where(condition, zero, gradient), no)];
  },
  Greater: null,
  Shape: null,
  Size: null,
};

const isFloat = (tensor: Tensor): boolean => tensor.dtype === "float32" || tensor.dtype === "float64";

function inverseOrder(node: Operation): number[] {
  const { perm } = node.attributes;
  const order = perm && "ints" in perm ? perm.ints : [];
  return order.map((_, axis) => order.indexOf(axis));
}
