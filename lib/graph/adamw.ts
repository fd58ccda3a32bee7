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

/** 1 - b1^t and 1 - b2^t: what the moments, which started at 0, still lack after t steps. */
export type Corrections = { first: Tensor; second: Tensor };

/**
 * The corrections at step t, a scalar that counts from 1, in the type of t. Computed in float64: at t = 1, float32 would
 * leave 1 - .999 only four right digits.
 */
export function biasCorrections(step: Tensor, { beta1, beta2 }: AdamW): Corrections {
  const count = cast(step, "float64");
  const correction = (beta: number): Tensor => {
    const left = sub(constant([1], [], "float64"), pow(constant([beta], [], "float64"), count));
    return cast(left, step.dtype);
  };
  return { first: correction(beta1), second: correction(beta2) };
}

/**
 * One step of AdamW (Loshchilov & Hutter, "Decoupled weight decay regularization", algorithm 2) as PyTorch does it:
 *
 *     m' = b1 m + (1 - b1) g         v' = b2 v + (1 - b2) g^2
 *     w' = w - lr * decay * w - lr * (m' / (1 - b1^t)) / (sqrt(v' / (1 - b2^t)) + eps)
 *
 * `learningRate` is lr, a scalar of the parameter's type.
 */
export function adamWStep(given: {
  parameter: Parameter;
  gradient: Tensor;
  moments: Moments;
  corrections: Corrections;
  learningRate: Tensor;
  weightDecay: number;
  options: AdamW;
}): Update {
  const { parameter, gradient, moments, corrections, learningRate, weightDecay, options } = given;
  const { beta1, beta2, epsilon } = options;
  const first = add(mul(moments.first, beta1), mul(gradient, 1 - beta1));
  const second = add(mul(moments.second, beta2), mul(square(gradient), 1 - beta2));
  const mean = div(first, corrections.first);
  const scale = add(sqrt(div(second, corrections.second)), epsilon);
  const decayed = weightDecay === 0 ? parameter : sub(parameter, mul(parameter, mul(learningRate, weightDecay)));
  return { parameter: sub(decayed, mul(learningRate, div(mean, scale))), first, second };
}
