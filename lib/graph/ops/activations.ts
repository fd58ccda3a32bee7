import { formatShape, sameShape } from "../shape";
import type { OpName, Tensor } from "../tensor";
import { add, cast, div, erf, mul } from "./arithmetic";
import { axisOf, floatUnary, isFloat, operation, refused, requireFloat } from "./operation";

export const sigmoid = (a: Tensor): Tensor => floatUnary("Sigmoid", a);
export const tanh = (a: Tensor): Tensor => floatUnary("Tanh", a);
/** log(1 + e^a), without overflow for large a. */
export const softplus = (a: Tensor): Tensor => floatUnary("Softplus", a);
/** The derivative at 0 is 0. */
export const relu = (a: Tensor): Tensor => floatUnary("Relu", a);

/**
 * a Phi(a) = a (1 + erf(a / sqrt 2)) / 2, Phi the normal distribution's (Hendrycks & Gimpel, "Gaussian error linear
 * units"). Written out: ONNX's own Gelu would have its gradient compute the error function, the dearest part, once more,
 * and needs operator set 20, where the CPU provider of onnxruntime 1.30 has no float64 Softplus to check gradients with.
 * In this form, with a division, onnxruntime computes the parts as one where no gradient uses them.
 */
export const gelu = (a: Tensor): Tensor => mul(mul(a, 0.5), add(erf(div(a, Math.SQRT2)), 1));

/** The same paper's approximation a (1 + tanh(sqrt(2 / pi) (a + 0.044715 a^3))) / 2, which many encoders use. */
export function geluTanh(a: Tensor): Tensor {
  const cube = mul(mul(a, a), a);
  return mul(mul(a, 0.5), add(tanh(mul(add(a, mul(cube, 0.044715)), Math.sqrt(2 / Math.PI))), 1));
}

/** e^a over its sum along `axis`, without overflow. */
export const softmax = (a: Tensor, axis = -1): Tensor => alongAxis("Softmax", a, axis);
export const logSoftmax = (a: Tensor, axis = -1): Tensor => alongAxis("LogSoftmax", a, axis);

/**
 * (a - mean) / sqrt(variance + epsilon) * scale + bias, mean and (biased) variance over the axes from `axis` on, whose
 * shape scale and bias have.
 */
export function layerNormalization(
  a: Tensor,
  scale: Tensor,
  bias: Tensor,
  { axis = -1, epsilon = 1e-5 }: { axis?: number; epsilon?: number } = {},
): Tensor {
  const inputs = [a, scale, bias];
  const first = axisOf("LayerNormalization", inputs, axis);
  const normalized = a.shape.slice(first);
  if (!isFloat(a) || inputs.some(({ dtype }) => dtype !== a.dtype)) {
    throw refused("LayerNormalization", inputs, "all must be float32, or all float64");
  }
  if (![scale, bias].every(({ shape }) => sameShape(shape, normalized))) {
    throw refused("LayerNormalization", inputs, `scale and bias must have the shape ${formatShape(normalized)}`);
  }
  return operation("LayerNormalization", inputs, a.shape, a.dtype, {
    axis: { int: first },
    epsilon: { float: epsilon },
  });
}

/**
 * Drops what the bool tensor `kept` does not keep, and scales the rest so that the expected value stays. The mask is fed
 * from outside (see `dropoutMask`), so a graph draws no random numbers and the same feeds give the same numbers.
 */
export const dropout = (a: Tensor, kept: Tensor, rate: number): Tensor =>
  mul(a, mul(cast(kept, a.dtype), 1 / (1 - rate)));

function alongAxis(op: OpName, a: Tensor, axis: number): Tensor {
  requireFloat(op, a);
  return operation(op, [a], a.shape, a.dtype, { axis: { int: axisOf(op, [a], axis) } });
}
