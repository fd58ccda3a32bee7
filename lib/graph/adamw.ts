import { add, cast, div, mul, pow, sqrt, square, sub } from "./ops";
import { constant, type Parameter, type Tensor } from "./tensor";

export type AdamW = {
  /** Decay of the mean of gradients. */
  beta1: number;
  /** Decay of the mean of squared gradients. */
  beta2: number;
  epsilon: number;
};

export const adamWDefaults: AdamW = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

export type Moments = { first: Tensor; second: Tensor };

type Update = Moments & { parameter: Tensor };

/**
 * One step of AdamW (Loshchilov & Hutter, "Decoupled weight decay regularization", algorithm 2) as PyTorch does it:
 *
 *     m' = b1 m + (1 - b1) g         v' = b2 v + (1 - b2) g^2
 *     w' = w - lr * decay * w - lr * (m' / (1 - b1^t)) / (sqrt(v' / (1 - b2^t)) + eps)
 *
 * `step` is t, a scalar of the parameter's type that counts from 1; `learningRate` is lr, a scalar. The correction
 * 1 - b^t is computed in float64: at t = 1, float32 would leave 1 - .999 only four right digits.
 */
export function adamWStep(given: {
  parameter: Parameter;
  gradient: Tensor;
  moments: Moments;
  learningRate: Tensor;
  step: Tensor;
  weightDecay: number;
  options: AdamW;
}): Update {
  const { parameter, gradient, moments, learningRate, step, weightDecay, options } = given;
  const { beta1, beta2, epsilon } = options;
  const first = add(mul(moments.first, beta1), mul(gradient, 1 - beta1));
  const second = add(mul(moments.second, beta2), mul(square(gradient), 1 - beta2));
  const mean = div(first, correction(beta1, step, parameter));
  const scale = add(sqrt(div(second, correction(beta2, step, parameter))), epsilon);
  const decayed = weightDecay === 0 ? parameter : sub(parameter, mul(parameter, mul(learningRate, weightDecay)));
  return { parameter: sub(decayed, mul(learningRate, div(mean, scale))), first, second };
}

function correction(beta: number, step: Tensor, like: Tensor): Tensor {
  const decay = pow(constant([beta], [], "float64"), cast(step, "float64"));
  return cast(sub(constant([1], [], "float64"), decay), like.dtype);
}
