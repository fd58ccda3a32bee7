import { env, InferenceSession, listSupportedBackends, Tensor as OrtTensor } from "onnxruntime-node";
import { AppError } from "@/lib/errors";
import { widenHalf } from "./half";
import { formatShape } from "./shape";
import type { DType, HostTensor, TensorData } from "./tensor";

// What goes wrong is thrown in onnxruntime's words; it need not be printed as well.
env.logLevel = "fatal";

export const providers = ["cuda", "webgpu", "cpu"] as const;
export type Provider = (typeof providers)[number];

/** A tensor that lies where its session computed it. Its numbers are read by feeding it to a session with host outputs. */
export type DeviceTensor = { dtype: DType; shape: readonly number[]; device: OrtTensor };

export type SessionOptions = {
  provider?: Provider;
  /** Threads within an operator. The same number gives the same bits on the CPU. */
  threads?: number;
  /** Outputs that stay on the device where the provider can hold them. */
  resident?: readonly string[];
};

/** A model loaded into onnxruntime. Running it blocks the calling thread: keep it off the main thread of web and worker. */
export type Session = {
  readonly provider: Provider;
  /** Whether resident outputs come as device tensors; otherwise they come as host tensors. */
  readonly holdsTensors: boolean;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /**
   * Computes the named outputs, by default all. Throws `internal` for a missing, unknown or misshapen input, naming it,
   * and for whatever onnxruntime refuses.
   */
  run(feeds: Readonly<Record<string, HostTensor>>, outputs?: readonly string[]): Promise<Record<string, HostTensor>>;
  /**
   * Computes outputs that may stay on the device, from tensors that may lie there. An output with a host tensor is written
   * into that tensor's numbers, which spares an allocation; the tensor must not be among the feeds.
   */
  step(
    feeds: Readonly<Record<string, HostTensor | DeviceTensor>>,
    outputs: Readonly<Record<string, HostTensor | null>>,
  ): Promise<Record<string, HostTensor | DeviceTensor>>;
  /** Frees the native memory; the session cannot run afterwards. */
  dispose(): Promise<void>;
};

/** The providers that this build of onnxruntime has, the likeliest to be fast first. Whether a device is there shows when one is opened. */
export function availableProviders(): Provider[] {
  const names = new Set(listSupportedBackends().map(({ name }) => name));
  return providers.filter((provider) => names.has(provider));
}

/**
 * Loads an .onnx file, by its bytes or its path; weights in files beside it are found by the path only. Throws `internal`
 * for a provider that is not there, and with onnxruntime's own words for a model that it refuses.
 */
export async function openSession(
  model: Uint8Array | string,
  { provider = "cpu", threads = 1, resident = [] }: SessionOptions = {},
): Promise<Session> {
  // onnxruntime would pass it over and compute on the CPU.
  if (!availableProviders().includes(provider)) {
    throw new AppError("internal", `This installation's onnxruntime has no ${provider} provider.`);
  }
  // CUDA's outputs can only be had in host memory by this binding.
  const holdsTensors = provider === "webgpu" && resident.length > 0;
  const location = Object.fromEntries(resident.map((name) => [name, "gpu-buffer" as const]));
  const session = await refusing("load the model", () =>
    // One overload for each.
    InferenceSession.create(model as string, {
      // Operators that a device lacks run on the CPU.
      executionProviders: provider === "cpu" ? ["cpu"] : [provider, "cpu"],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: "sequential",
      graphOptimizationLevel: "all",
      logSeverityLevel: 4,
      ...(holdsTensors && { preferredOutputLocation: location }),
    }),
  );
  const run = (
    feeds: Readonly<Record<string, HostTensor | DeviceTensor>>,
    fetches: InferenceSession.FetchesType,
  ): Promise<InferenceSession.ReturnType> => {
    requireFeeds(session.inputMetadata, feeds);
    const given = Object.entries(feeds).map(([name, tensor]) => [name, toOrt(tensor)]);
    return refusing("run the model", () => session.run(Object.fromEntries(given), fetches));
  };
  return {
    provider,
    holdsTensors,
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(feeds, outputs = session.outputNames) {
      const results = await run(feeds, [...outputs]);
      return Object.fromEntries(outputs.map((name) => [name, fromOrt(results[name]!)]));
    },
    async step(feeds, outputs) {
      const fetches = Object.entries(outputs).map(([name, into]) => [name, into && toOrt(into)]);
      const results = await run(feeds, Object.fromEntries(fetches));
      return Object.fromEntries(
        Object.entries(outputs).map(([name, into]) => {
          const tensor = results[name]!;
          const isHeld = tensor.location === "gpu-buffer";
          return [name, into ?? (isHeld ? deviceTensor(tensor) : fromOrt(tensor))];
        }),
      );
    },
    dispose: () => session.release(),
  };
}

/** Frees a tensor's memory on its device; a host tensor has none. */
export function freeTensor(tensor: HostTensor | DeviceTensor): void {
  if ("device" in tensor) tensor.device.dispose();
}

/** onnxruntime checks types and fixed lengths, but lets one named length be two numbers and then reports it deep inside. */
function requireFeeds(
  expected: readonly InferenceSession.ValueMetadata[],
  feeds: Readonly<Record<string, HostTensor | DeviceTensor>>,
): void {
  const lengths = new Map<string, number>();
  const unknown = Object.keys(feeds).find((name) => !expected.some((input) => input.name === name));
  if (unknown !== undefined) throw new AppError("internal", `The model has no input "${unknown}".`);
  for (const input of expected) {
    const given = feeds[input.name];
    if (!given) throw new AppError("internal", `The model's input "${input.name}" was not given.`);
    if (!input.isTensor) continue;
    const fits =
      input.shape.length === given.shape.length &&
      input.shape.every((dim, axis) => {
        const length = given.shape[axis]!;
        if (typeof dim === "number") return dim === length;
        if (!lengths.has(dim)) lengths.set(dim, length);
        return lengths.get(dim) === length;
      });
    if (fits && input.type === given.dtype) continue;
    const known = Array.from(lengths, ([dim, length]) => `${dim} = ${length}`).join(", ");
    throw new AppError(
      "internal",
      `The model's input "${input.name}" is ${input.type}${formatShape(input.shape)}${known && ` with ${known}`} ` +
        `and was given ${given.dtype}${formatShape(given.shape)}.`,
    );
  }
}

async function refusing<Result>(what: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("internal", `onnxruntime could not ${what}: ${reason}`, { cause });
  }
}

function toOrt(tensor: HostTensor | DeviceTensor): OrtTensor {
  return "device" in tensor ? tensor.device : new OrtTensor(tensor.dtype, tensor.data, tensor.shape);
}

const deviceTensor = (tensor: OrtTensor): DeviceTensor => ({
  dtype: tensor.type as DType,
  shape: tensor.dims,
  device: tensor,
});

/** Half precision comes as float32, which holds it exactly. */
function fromOrt(tensor: OrtTensor): HostTensor {
  if (tensor.type === "float16") {
    return { dtype: "float32", shape: tensor.dims, data: widenHalf(tensor.data as ArrayBufferView) };
  }
  return { dtype: tensor.type as DType, shape: tensor.dims, data: tensor.data as TensorData };
}
