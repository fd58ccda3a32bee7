import * as ops from "../ops";
import { constant, type OpName, type Tensor } from "../tensor";
import { floatOf, intOf, ofFirst, unbroadcast, type Rule } from "./rule";

export const activationRules = {
  Sigmoid: ofFirst((_a, gradient, node) => ops.mul(gradient, ops.mul(node, oneMinus(node)))),
  Tanh: ofFirst((_a, gradient, node) => ops.mul(gradient, oneMinus(ops.square(node)))),
  Softplus: ofFirst((a, gradient) => ops.mul(gradient, ops.sigmoid(a))),
  // Not Where, which takes onnxruntime twice as long.
  Relu: ofFirst((a, gradient) => ops.mul(gradient, ops.cast(ops.greater(a, 0), a.dtype))),
  // s * (g - sum of g s)
  Softmax: ofFirst((_a, gradient, node) => {
    const weighed = ops.mul(gradient, node);
    const total = ops.reduceSum(weighed, { axes: [intOf(node, "axis")], keepDims: true });
    return ops.sub(weighed, ops.mul(node, total));
  }),
  // g - e^l * sum of g
  LogSoftmax: ofFirst((_a, gradient, node) => {
    const total = ops.reduceSum(gradient, { axes: [intOf(node, "axis")], keepDims: true });
    return ops.sub(gradient, ops.mul(ops.exp(node), total));
  }),
  LayerNormalization: layerNormalizationRule,
} satisfies Partial<Record<OpName, Rule | null>>;

/**
 * With x^ = (x - mean) / s, s = sqrt(variance + epsilon) and h = g * scale, means over the normalised axes:
 *
 *     by x: (h - mean h - x^ * mean(h * x^)) / s        by scale: sum of g * x^        by bias: sum of g
 */
function layerNormalizationRule(...[node, gradient]: Parameters<Rule>): (Tensor | null)[] {
  const [x, scale, bias] = node.inputs as [Tensor, Tensor, Tensor];
  const first = intOf(node, "axis");
  const axes = x.shape.flatMap((_, axis) => (axis >= first ? [axis] : []));
  const mean = (a: Tensor): Tensor => ops.reduceMean(a, { axes, keepDims: true });
  const centred = ops.sub(x, mean(x));
  const inverse = ops.reciprocal(ops.sqrt(ops.add(mean(ops.square(centred)), floatOf(node, "epsilon"))));
  const normalized = ops.mul(centred, inverse);
  const scaled = ops.mul(gradient, scale);
  const along = ops.add(mean(scaled), ops.mul(normalized, mean(ops.mul(scaled, normalized))));
  return [
    ops.mul(ops.sub(scaled, along), inverse),
    unbroadcast(ops.mul(gradient, normalized), scale),
    unbroadcast(gradient, bias),
  ];
}

const oneMinus = (a: Tensor): Tensor => ops.sub(constant([1], [], a.dtype), a);
