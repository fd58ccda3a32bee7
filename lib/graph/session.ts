import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { AppError } from "@/lib/errors";
import { widenHalf } from "./half";
import { formatShape } from "./shape";
import type { DType, HostTensor, TensorData } from "./tensor";

export type Provider = "cpu" | "webgpu";

export type SessionOptions = {
  provider?: Provider;
  /** Threads within an operator. The same number gives the same bits on the CPU. */
  threads?: number;
};

/** A model loaded into onnxruntime. Running it blocks the calling thread: keep it off the main thread of web and worker. */
export type Session = {
  readonly provider: Provider;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /**
   * Computes the named outputs, by default all. Throws `internal` for a missing, unknown or misshapen input, naming it,
   * and for whatever onnxruntime refuses.
   */
  run(feeds: Readonly<Record<string, HostTensor>>, outputs?: readonly string[]): Promise<Record<string, HostTensor>>;
  /** Frees the native memory; the session cannot run afterwards. */
  dispose(): Promise<void>;
};

/** Loads an .onnx file, by its bytes or its path; weights in files beside it are found by the path only. Throws `internal` with onnxruntime's own words for a model that it refuses. */
export async function openSession(
  model: Uint8Array | string,
  { provider = "cpu", threads = 1 }: SessionOptions = {},
): Promise<Session> {
  const session = await refusing("load the model", () =>
    // One overload for each.
    InferenceSession.create(model as string, {
      // Operators that a device lacks run on the CPU.
      executionProviders: provider === "cpu" ? ["cpu"] : [provider, "cpu"],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: "sequential",
      graphOptimizationLevel: "all",
      logSeverityLevel: 3,
    }),
  );
  return {
    provider,
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(feeds, outputs = session.outputNames) {
      requireFeeds(session.inputMetadata, feeds);
      const given = Object.entries(feeds).map(([name, { dtype, data, shape }]) => [
        name,
        new OrtTensor(dtype, data, shape),
      ]);
      const results = await refusing("run the model", () => session.run(Object.fromEntries(given), [...outputs]));
      return Object.fromEntries(outputs.map((name) => [name, fromOrt(results[name]!)]));
    },
    dispose: () => session.release(),
  };
}

/** onnxruntime checks types and fixed lengths, but lets one named length be two numbers and then reports it deep inside. */
function requireFeeds(
  expected: readonly InferenceSession.ValueMetadata[],
  feeds: Readonly<Record<string, HostTensor>>,
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

/** Half precision comes as float32, which holds it exactly. */
function fromOrt(tensor: OrtTensor): HostTensor {
  if (tensor.type === "float16") {
    return { dtype: "float32", shape: tensor.dims, data: widenHalf(tensor.data as Uint16Array) };
  }
  return { dtype: tensor.type as DType, shape: tensor.dims, data: tensor.data as TensorData };
}
