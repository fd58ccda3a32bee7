import { AppError } from "@/lib/errors";
import type { ProviderTrial } from "./choose-provider";
import { exportModel } from "./export";
import type { GraphDefinition } from "./layout";
import { identity } from "./ops";
import { freeTensor, openSession, type DeviceTensor, type Provider, type Session } from "./session";
import { input, type HostTensor } from "./tensor";
import { nextName, type TrainingState, type TrainingStep } from "./training-step";

export type Batch = Readonly<Record<string, HostTensor>>;

/** A training step at work on a device, with the state that it changes. */
export type Training = {
  readonly provider: Provider;
  /** Takes one step on its micro-batches and gives the mean of their losses. Throws `internal` for more or fewer of them. */
  take(batches: readonly Batch[], learningRate: number): Promise<{ step: number; loss: number }>;
  /** The state as it is now, a copy of all that steps change. */
  read(): Promise<TrainingState>;
  /** Frees the sessions and what lies on the device. */
  dispose(): Promise<void>;
};

export type TrainingProgress = { step: number; steps: number; loss: number };

type Tensors = Record<string, HostTensor | DeviceTensor>;

/**
 * Opens a training at `state`, of which what steps change is copied. Where the provider can hold tensors, the state stays on the device from
 * step to step; elsewhere the step writes into a second set of arrays, and the two sets take turns.
 */
export async function openTraining(given: {
  step: TrainingStep;
  state: TrainingState;
  provider?: Provider;
  /** Threads of onnxruntime. The same number, state and batches give the same bits on the CPU. */
  threads?: number;
}): Promise<Training> {
  const { step, state, provider = "cpu", threads = 1 } = given;
  const opened: Session[] = [];
  const open = async (model: Uint8Array, resident: readonly string[]): Promise<Session> => {
    const session = await openSession(model, { provider, threads, resident });
    opened.push(session);
    return session;
  };
  const dispose = async (): Promise<void> => {
    for (const session of opened.splice(0)) await session.dispose();
  };
  try {
    const graphs = [step.definition, ...(step.accumulation ? [step.accumulation] : [])];
    const isChanged = ({ name }: { name: string }): boolean => nextName(name) in step.definition.outputs;
    const { tensors } = state;
    // What no step changes is part of the model, and so lies on the device from the start.
    const frozen = pick(
      tensors,
      step.state.filter((each) => !isChanged(each)),
    );
    const changed = step.state.filter(isChanged);
    const phases: Phase[] = [];
    for (const graph of graphs) {
      const names = changed.map(({ name }) => name);
      const carried = names.filter((name) => nextName(name) in graph.outputs);
      const session = await open(exportModel({ ...graph, values: frozen }), carried.map(nextName));
      phases.push({ session, carried, fed: names.filter((name) => session.inputNames.includes(name)) });
    }
    const [update, accumulate] = phases as [Phase, Phase | undefined];
    const reader = update.session.holdsTensors ? await open(exportModel(readerOf(changed)), []) : null;
    const start = { step: state.step, tensors: pick(tensors, changed) };
    return stateful({ step, start, frozen, update, accumulate, reader, dispose });
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** A step on real batches, to choose the provider of a training by. */
export function stepTrial(open: (provider: Provider) => Promise<Training>, batches: readonly Batch[]): ProviderTrial {
  return {
    work: "a step",
    open: async (provider) => {
      const training = await open(provider);
      return { run: () => training.take(batches, 0), dispose: () => training.dispose() };
    },
  };
}

/**
 * Takes steps until `steps` have been taken in all. Throws the signal's reason when it is aborted, between steps; the
 * training then holds the state of the last whole step.
 */
export async function takeSteps(given: {
  training: Training;
  from?: number;
  steps: number;
  /** The micro-batches of step `step`, counted from 1. */
  batchesAt: (step: number) => readonly Batch[];
  learningRateAt: (step: number) => number;
  signal?: AbortSignal | undefined;
  onStep?: ((progress: TrainingProgress) => void | Promise<void>) | undefined;
}): Promise<void> {
  const { training, from = 0, steps, batchesAt, learningRateAt, signal, onStep } = given;
  for (let step = from + 1; step <= steps; step++) {
    signal?.throwIfAborted();
    const { loss } = await training.take(batchesAt(step), learningRateAt(step));
    await onStep?.({ step, steps, loss });
  }
}

/** One graph of a step: the tensors of the state that it takes, and those that it gives anew. */
type Phase = { session: Session; carried: readonly string[]; fed: readonly string[] };

function stateful(given: {
  step: TrainingStep;
  start: TrainingState;
  frozen: Readonly<Record<string, HostTensor>>;
  update: Phase;
  accumulate: Phase | undefined;
  reader: Session | null;
  dispose: () => Promise<void>;
}): Training {
  const { step, start, frozen, update, accumulate, reader, dispose } = given;
  const dtype = step.definition.outputs["loss"]!.dtype;
  const current: Tensors = Object.fromEntries(
    Object.entries(start.tensors).map(([name, value]) => [name, copy(value)]),
  );
  const spare: Record<string, HostTensor> = update.session.holdsTensors
    ? {}
    : Object.fromEntries(update.carried.map((name) => [name, copy(start.tensors[name]!)]));
  let count = start.step;

  const run = async ({ session, carried, fed }: Phase, extra: Batch): Promise<number> => {
    const feeds = { ...Object.fromEntries(fed.map((name) => [name, current[name]!])), ...extra };
    const outputs = Object.fromEntries(carried.map((name) => [nextName(name), spare[name] ?? null]));
    const results = await session.step(feeds, { ...outputs, loss: null });
    for (const name of carried) {
      const old = current[name]!;
      current[name] = results[nextName(name)]!;
      if (session.holdsTensors) freeTensor(old);
      else spare[name] = old as HostTensor;
    }
    return Number((results["loss"] as HostTensor).data[0]);
  };

  return {
    provider: update.session.provider,
    async take(batches, learningRate) {
      if (batches.length !== step.microBatches) {
        const given = `was given ${batches.length}`;
        throw new AppError(
          "internal",
          `${step.definition.name} takes ${step.microBatches} micro-batches and ${given}.`,
        );
      }
      let loss = 0;
      for (const batch of batches.slice(0, -1)) loss += await run(accumulate!, batch);
      const scalars = { step: scalar(count + 1, dtype), learningRate: scalar(learningRate, dtype) };
      const isFed = (name: string): boolean => update.session.inputNames.includes(name);
      const used = Object.fromEntries(Object.entries(scalars).filter(([name]) => isFed(name)));
      loss += await run(update, { ...batches.at(-1)!, ...used });
      count += 1;
      return { step: count, loss: loss / batches.length };
    },
    async read() {
      const held = reader ? await readHeld(reader, current) : (current as Record<string, HostTensor>);
      const copied = Object.entries(held).map(([name, value]) => [name, reader ? value : copy(value)]);
      return { step: count, tensors: { ...frozen, ...Object.fromEntries(copied) } };
    },
    async dispose() {
      for (const tensor of Object.values(current)) freeTensor(tensor);
      await dispose();
    },
  };
}

/** Tensors on the device are read as the host outputs of a graph that passes them on. */
function readerOf(state: TrainingStep["state"]): GraphDefinition {
  const outputs = state.map(({ name, parameter }) => {
    return [readName(name), identity(input(name, parameter.shape, parameter.dtype))];
  });
  return { name: "read", outputs: Object.fromEntries(outputs) };
}

async function readHeld(reader: Session, tensors: Tensors): Promise<Record<string, HostTensor>> {
  const names = Object.keys(tensors);
  const results = await reader.step(tensors, Object.fromEntries(names.map((name) => [readName(name), null])));
  return Object.fromEntries(names.map((name) => [name, results[readName(name)] as HostTensor]));
}

function pick(tensors: TrainingState["tensors"], state: readonly { name: string }[]): Record<string, HostTensor> {
  return Object.fromEntries(state.map(({ name }) => [name, tensors[name]!]));
}

const readName = (name: string): string => `${name}.read`;

function copy({ dtype, shape, data }: HostTensor): HostTensor {
  return { dtype, shape, data: data.slice() };
}

function scalar(value: number, dtype: HostTensor["dtype"]): HostTensor {
  return { dtype, shape: [], data: dtype === "float64" ? Float64Array.of(value) : Float32Array.of(value) };
}
