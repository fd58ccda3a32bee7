import { AppError } from "@/lib/errors";
import { gradients } from "./gradients";
import type { GraphDefinition } from "./layout";
import { add, div, mul } from "./ops";
import { adamW, clipByGlobalNorm, movingAverage, type Optimiser } from "./optimisers";
import { elementCount, input, requireFits, type HostTensor, type Parameter, type Tensor } from "./tensor";

/** A parameter of a training. */
export type Trained = {
  parameter: Parameter;
  /** How strongly each step pulls it to zero, times the learning rate. */
  weightDecay: number;
  /** Times the learning rate of the step; 1 if left out. 0 freezes the parameter: it has no gradient and costs nothing. */
  learningRateScale?: number;
};

/** Parameters and what is remembered of them, by the names under which the step's graphs take them. */
export type TrainingState = { step: number; tensors: Readonly<Record<string, HostTensor>> };

/** A tensor of the state: where it starts, at the parameter's value or at zero. */
type StateTensor = { name: string; parameter: Parameter; startsAt: "value" | "zero" };

/** Graphs that take the state and a batch and give the loss and the next state. A tensor `w` of the state comes out as `w.next`. */
export type TrainingStep = {
  definition: GraphDefinition;
  /** Adds the gradients of a batch to those of the batches before it; null when every batch is a step. */
  accumulation: GraphDefinition | null;
  /** Batches in a step; their losses are averaged. */
  microBatches: number;
  state: readonly StateTensor[];
};

/**
 * Derives the training step of a scalar loss: forward pass, gradients, optimiser. The step is a graph like any other, so it
 * trains on whatever device onnxruntime runs. Throws `internal` when nothing is left to be trained.
 */
export function trainingStep(given: {
  name: string;
  loss: Tensor;
  trained: readonly Trained[];
  optimiser?: Optimiser;
  /** Greatest global norm of the gradients. */
  clipNorm?: number;
  /** K when the parameters lead with an axis of K members, which are then clipped each by itself. */
  members?: number;
  /** Keeps a moving average `w.average` of each trained parameter, of this decay. */
  averageDecay?: number;
  microBatches?: number;
}): TrainingStep {
  const { name, loss, optimiser = adamW(), clipNorm, members, averageDecay, microBatches = 1 } = given;
  const active = given.trained.filter(({ learningRateScale }) => learningRateScale !== 0);
  if (active.length === 0) throw new AppError("internal", `The step ${name} trains no parameter; give it one.`);
  const own = gradients(
    loss,
    active.map(({ parameter }) => parameter),
  );
  const sums = active.map(({ parameter }) => like(parameter, "sum"));
  const isAccumulating = microBatches > 1;
  const mean = isAccumulating ? own.map((each, i) => div(add(sums[i]!, each), microBatches)) : own;
  const clipped = clipNorm === undefined ? mean : clipByGlobalNorm(mean, clipNorm, members);

  const update = optimiser.at(input("step", [], loss.dtype));
  const learningRate = input("learningRate", [], loss.dtype);
  const next: [string, Tensor][] = active.flatMap(({ parameter, weightDecay, learningRateScale = 1 }, i) => {
    const scaled = learningRateScale === 1 ? learningRate : mul(learningRate, learningRateScale);
    const memory = optimiser.memories.map((suffix) => like(parameter, suffix));
    const updated = update({ parameter, gradient: clipped[i]!, memory, learningRate: scaled, weightDecay });
    const tensors: [string, Tensor][] = [[parameter.name, updated.parameter]];
    memory.forEach((each, j) => tensors.push([each.name, updated.memory[j]!]));
    if (averageDecay !== undefined) {
      const average = like(parameter, "average");
      tensors.push([average.name, movingAverage(average, updated.parameter, averageDecay)]);
    }
    if (isAccumulating) tensors.push([sums[i]!.name, mul(sums[i]!, 0)]);
    return tensors;
  });
  const accumulated = sums.map((sum, i): [string, Tensor] => [sum.name, add(sum, own[i]!)]);
  return {
    definition: { name, outputs: { loss, ...nextOutputs(next) } },
    accumulation: isAccumulating ? { name: `${name}_sum`, outputs: { loss, ...nextOutputs(accumulated) } } : null,
    microBatches,
    state: given.trained.flatMap(({ parameter, learningRateScale }) => {
      const value: StateTensor = { name: parameter.name, parameter, startsAt: "value" };
      if (learningRateScale === 0) return [value];
      const zeros = [...optimiser.memories, ...(isAccumulating ? ["sum"] : [])];
      return [
        value,
        ...zeros.map((suffix): StateTensor => ({ ...value, name: stateName(parameter, suffix), startsAt: "zero" })),
        ...(averageDecay === undefined ? [] : [{ ...value, name: stateName(parameter, "average") }]),
      ];
    }),
  };
}

/** The state before the first step: the given values, and averages of them; everything remembered is zero. */
export function initialState(step: TrainingStep, values: Readonly<Record<string, HostTensor>>): TrainingState {
  const tensors = step.state.map(({ name, parameter, startsAt }): [string, HostTensor] => {
    const value = values[parameter.name];
    if (!value) throw new AppError("internal", `Parameter ${parameter.name} was given no values to start from.`);
    requireFits(value, parameter);
    return [name, startsAt === "value" ? value : zerosLike(value)];
  });
  return { step: 0, tensors: Object.fromEntries(tensors) };
}

/** The name under which a step gives the next value of a tensor of the state. */
export const nextName = (name: string): string => `${name}.next`;

function nextOutputs(tensors: readonly (readonly [string, Tensor])[]): Record<string, Tensor> {
  return Object.fromEntries(tensors.map(([name, tensor]) => [nextName(name), tensor]));
}

const stateName = ({ name }: Parameter, suffix: string): string => `${name}.${suffix}`;

const like = (parameter: Parameter, suffix: string): Tensor & { name: string } =>
  input(stateName(parameter, suffix), parameter.shape, parameter.dtype);

function zerosLike({ dtype, shape }: HostTensor): HostTensor {
  const length = elementCount(shape);
  return { dtype, shape, data: dtype === "float64" ? new Float64Array(length) : new Float32Array(length) };
}
