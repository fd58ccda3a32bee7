import * as ops from "../ops";
import { isFloat } from "../ops/operation";
import { constant, type OpName, type Tensor } from "../tensor";
import { broadcasting, constantOf, ofFirst, unbroadcast, type Rule } from "./rule";

export const arithmeticRules = {
  Add: broadcasting((_a, _b, gradient) => [gradient, gradient]),
  Sub: broadcasting((_a, _b, gradient) => [gradient, ops.neg(gradient)]),
  Mul: broadcasting((a, b, gradient) => [ops.mul(gradient, b), ops.mul(gradient, a)]),
  Div: broadcasting((_a, b, gradient, node) => [ops.div(gradient, b), ops.neg(ops.div(ops.mul(gradient, node), b))]),
  Pow: broadcasting((a, b, gradient, node) => [
    ops.mul(ops.mul(gradient, b), ops.pow(a, ops.sub(b, 1))),
    ops.mul(ops.mul(gradient, node), ops.log(a)),
  ]),
  Min: broadcasting((a, b, gradient) => [toLarger(b, a, gradient), toLarger(a, b, gradient)]),
  Max: broadcasting((a, b, gradient) => [toLarger(a, b, gradient), toLarger(b, a, gradient)]),
  Neg: ofFirst((_a, gradient) => ops.neg(gradient)),
  Abs: ofFirst((a, gradient) => ops.mul(gradient, ops.sign(a))),
  Sign: null,
  Reciprocal: ofFirst((_a, gradient, node) => ops.neg(ops.mul(gradient, ops.square(node)))),
  Exp: ofFirst((_a, gradient, node) => ops.mul(gradient, node)),
  Log: ofFirst((a, gradient) => ops.div(gradient, a)),
  Sqrt: ofFirst((_a, gradient, node) => ops.div(gradient, ops.mul(node, 2))),
  // 2 / sqrt pi * e^(-a^2)
  Erf: ofFirst((a, gradient) => ops.mul(gradient, ops.mul(ops.exp(ops.neg(ops.square(a))), 2 / Math.sqrt(Math.PI)))),
  Clip: ofFirst((a, gradient, node) => {
    const [low] = constantOf(node, 1);
    const [high] = constantOf(node, 2);
    return ops.where(ops.and(ops.greaterOrEqual(a, low!), ops.lessOrEqual(a, high!)), gradient, 0);
  }),
  Cast: (node, gradient) => {
    const a = node.inputs[0]!;
    return [isFloat(a) && isFloat(node) ? ops.cast(gradient, a.dtype) : null];
  },
  Identity: ofFirst((_a, gradient) => gradient),
  Equal: null,
  Greater: null,
  GreaterOrEqual: null,
  Less: null,
  LessOrEqual: null,
  And: null,
  Not: null,
  Where: (node, gradient) => {
    const [condition, yes, no] = node.inputs as [Tensor, Tensor, Tensor];
    const zero = constant([0], [], gradient.dtype);
    return [
      null,
      unbroadcast(ops.where(condition, gradient, 0), yes),
      unbroadcast(ops.where(condition, zero, gradient), no),
    ];
  },
} satisfies Partial<Record<OpName, Rule | null>>;

/** The gradient where a is the larger, half of it where a and b are equal. */
function toLarger(a: Tensor, b: Tensor, gradient: Tensor): Tensor {
  const zero = constant([0], [], gradient.dtype);
  return ops.where(ops.greater(a, b), gradient, ops.where(ops.greater(b, a), zero, ops.mul(gradient, 0.5)));
}
