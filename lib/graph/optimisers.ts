import { AppError } from "@/lib/errors";
import { add, cast, div, min, mul, pow, reduceSum, reshape, sqrt, square, sub } from "./ops";
import { describe, constant, type Parameter, type Tensor } from "./tensor";

/** One parameter's part of a step: what it is, what the loss says, what is remembered of earlier steps. */
export type Update = {
  parameter: Parameter;
  gradient: Tensor;
  memory: readonly Tensor[];
  /** A scalar of the parameter's type. */
  learningRate: Tensor;
  weightDecay: number;
};

/** A rule that turns gradients into new parameters, as parts of a graph. */
export type Optimiser = {
  /** What it remembers of each parameter, as suffixes of the parameter's name. All of it starts at 0. */
  memories: readonly string[];
  /** The rule at step `step`, a scalar that counts from 1. What all parameters share is computed once. */
  at(step: Tensor): (update: Update) => { parameter: Tensor; memory: Tensor[] };
};

/**
 * AdamW (Loshchilov & Hutter, "Decoupled weight decay regularization", algorithm 2) as PyTorch does it:
 *
 *     m' = b1 m + (1 - b1) g         v' = b2 v + (1 - b2) g^2
 *     w' = w - lr * decay * w - lr * (m' / (1 - b1^t)) / (sqrt(v' / (1 - b2^t)) + eps)
 *
 * with the scalars drawn together, because every operation is a pass over memory:
 *
 *     w' = w (1 - lr * decay) - (lr s / (1 - b1^t)) * m' / (sqrt(v') + eps s),   s = sqrt(1 - b2^t)
 */
export function adamW({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = {}): Optimiser {
  return {
    memories: ["m", "v"],
    at(step) {
      const first = biasCorrection(step, beta1);
      const root = sqrt(biasCorrection(step, beta2));
      return ({ parameter, gradient, memory: [m, v], learningRate, weightDecay }) => {
        const mean = add(mul(m!, beta1), mul(gradient, 1 - beta1));
        const variance = add(mul(v!, beta2), mul(square(gradient), 1 - beta2));
        const direction = div(mean, add(sqrt(variance), mul(cast(root, parameter.dtype), epsilon)));
        const rate = mul(learningRate, cast(div(root, first), parameter.dtype));
        return {
          parameter: sub(decayed(parameter, learningRate, weightDecay), mul(direction, rate)),
          memory: [mean, variance],
        };
      };
    },
  };
}

/** Stochastic gradient descent with momentum, decay added to the gradient, as PyTorch does it: v' = b v + g + decay w, w' = w - lr v'. */
export function sgd({ momentum = 0 } = {}): Optimiser {
  return {
    memories: momentum === 0 ? [] : ["velocity"],
    at: () => (update) => {
      const { parameter, gradient, memory, learningRate, weightDecay } = update;
      const pull = weightDecay === 0 ? gradient : add(gradient, mul(parameter, weightDecay));
      const velocity = memory[0] ? add(mul(memory[0], momentum), pull) : pull;
      return { parameter: sub(parameter, mul(velocity, learningRate)), memory: momentum === 0 ? [] : [velocity] };
    },
  };
}

/**
 * Scales gradients down together so that the norm of all of them is at most `maxNorm`: g * min(1, maxNorm / (norm + 1e-6)).
 * With `members`, the leading axis of every gradient counts them, and each member has a norm of its own.
 */
export function clipByGlobalNorm(gradients: readonly Tensor[], maxNorm: number, members?: number): Tensor[] {
  const squares = gradients.map((gradient) => {
    if (members !== undefined && gradient.shape[0] !== members) {
      throw new AppError(
        "internal",
        `${describe(gradient)} does not lead with the ${members} members of the ensemble.`,
      );
    }
    const axes = gradient.shape.map((_, axis) => axis).slice(members === undefined ? 0 : 1);
    return reduceSum(square(gradient), { axes });
  });
  const norm = sqrt(squares.reduce((sum, each) => add(sum, each)));
  const scale = min(div(constant([maxNorm], [], norm.dtype), add(norm, 1e-6)), 1);
  return gradients.map((gradient) => {
    const shape = gradient.shape.map((_, axis) => (axis === 0 && members !== undefined ? members : 1));
    return mul(gradient, members === undefined ? scale : reshape(scale, shape));
  });
}

/** The moving average of a parameter after a step: decay * average + (1 - decay) * parameter. */
export function movingAverage(average: Tensor, parameter: Tensor, decay: number): Tensor {
  return add(mul(average, decay), mul(parameter, 1 - decay));
}

/** 1 - beta^t in float64: what a moving mean that started at 0 still lacks. At t = 1, float32 would leave 1 - .999 only four right digits. */
function biasCorrection(step: Tensor, beta: number): Tensor {
  return sub(constant([1], [], "float64"), pow(constant([beta], [], "float64"), cast(step, "float64")));
}

function decayed(parameter: Parameter, learningRate: Tensor, weightDecay: number): Tensor {
  if (weightDecay === 0) return parameter;
  return mul(parameter, sub(constant([1], [], parameter.dtype), mul(learningRate, weightDecay)));
}
