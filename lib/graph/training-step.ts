import { adamWDefaults, adamWStep, biasCorrections, type AdamW } from "./adamw";
import { exportModel } from "./export";
import { gradients } from "./gradients";
import type { GraphDefinition } from "./layout";
import type { Session } from "./session";
import { elementCount, input, requireFits, type HostTensor, type Parameter, type Tensor } from "./tensor";

/** A parameter to be trained, and how strongly each step pulls it to zero (times the learning rate). */
export type Trained = { parameter: Parameter; weightDecay: number };

/** Parameters and their moments, by the names under which the step's model takes them. */
export type TrainingState = { step: number; tensors: Readonly<Record<string, HostTensor>> };

/** A graph that takes parameters and a batch and gives the loss and the parameters after one step. */
export type TrainingStep = { definition: GraphDefinition; stateNames: readonly string[] };

/**
 * Derives the training step of a scalar loss: forward pass, gradients, AdamW. The step is a graph like any other, so it
 * trains on whatever device onnxruntime runs. Its outputs are `loss` and the new parameters and moments.
 */
export function trainingStep(given: {
  name: string;
  loss: Tensor;
  trained: readonly Trained[];
  options?: AdamW;
}): TrainingStep {
  const { name, loss, trained, options = adamWDefaults } = given;
  const step = input("step", [], loss.dtype);
  const learningRate = input("learningRate", [], loss.dtype);
  const corrections = biasCorrections(step, options);
  const byParameter = gradients(
    loss,
    trained.map(({ parameter }) => parameter),
  );
  const outputs: Record<string, Tensor> = { loss };
  const stateNames: string[] = [];
  trained.forEach(({ parameter, weightDecay }, i) => {
    const [first, second] = momentNames(parameter).map((moment) => input(moment, parameter.shape, parameter.dtype));
    const moments = { first: first!, second: second! };
    const gradient = byParameter[i]!;
    const next = adamWStep({ parameter, gradient, moments, corrections, learningRate, weightDecay, options });
    outputs[nextName(parameter.name)] = next.parameter;
    outputs[nextName(first!.name)] = next.first;
    outputs[nextName(second!.name)] = next.second;
    stateNames.push(parameter.name, first!.name, second!.name);
  });
  return { definition: { name, outputs }, stateNames };
}

export function exportTrainingStep({ definition }: TrainingStep): Uint8Array {
  return exportModel(definition);
}

/** The state before the first step: the given values, moments of zero. */
export function initialState(
  parameters: readonly Parameter[],
  values: Readonly<Record<string, HostTensor>>,
): TrainingState {
  const tensors: Record<string, HostTensor> = {};
  for (const parameter of parameters) {
    const value = values[parameter.name]!;
    requireFits(value, parameter);
    tensors[parameter.name] = value;
    for (const moment of momentNames(parameter)) tensors[moment] = zeros(value);
  }
  return { step: 0, tensors };
}

/** Takes one step on a batch. The given state stays as it is; the new one holds arrays of its own. */
export async function takeStep(given: {
  session: Session;
  step: TrainingStep;
  state: TrainingState;
  batch: Readonly<Record<string, HostTensor>>;
  learningRate: number;
}): Promise<{ state: TrainingState; outputs: Record<string, HostTensor> }> {
  const { session, step, state, batch, learningRate } = given;
  const count = state.step + 1;
  const dtype = step.definition.outputs["loss"]!.dtype;
  const outputs = await session.run({
    ...state.tensors,
    ...batch,
    step: scalar(count, dtype),
    learningRate: scalar(learningRate, dtype),
  });
  const tensors = Object.fromEntries(step.stateNames.map((name) => [name, outputs[nextName(name)]!]));
  return { state: { step: count, tensors }, outputs };
}

const momentNames = ({ name }: Parameter): [string, string] => [`${name}.m`, `${name}.v`];
const nextName = (name: string): string => `${name}.next`;

function zeros({ dtype, shape }: HostTensor): HostTensor {
  const length = elementCount(shape);
  return { dtype, shape, data: dtype === "float64" ? new Float64Array(length) : new Float32Array(length) };
}

function scalar(value: number, dtype: HostTensor["dtype"]): HostTensor {
  return { dtype, shape: [], data: dtype === "float64" ? Float64Array.of(value) : Float32Array.of(value) };
}
