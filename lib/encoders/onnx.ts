import path from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import { AppError } from "@/lib/errors";
import type { ProviderChoice } from "@/lib/graph/choose-provider";
import { openSession, type Session } from "@/lib/graph/session";
import type { HostTensor } from "@/lib/graph/tensor";
import { fastestSession, type ChooseEncodingProvider } from "./fastest-session";
import { readModelFiles, usualWindow, type ModelFiles } from "./model-files";
import type { Pooling } from "./schema";

/**
 * Tokens in one run of the model, padding included, unless a single text has more. all-MiniLM-L6-v2 in int8 on one core
 * encodes 61 texts of 53 tokens a second at 512, 59 at 1,024, 38 at 4,096 and 28 at 8,192.
 */
const tokensAtOnce = 512;

/** Where the vectors of tokens [texts, tokens, width] are, by the names that exporters give them. */
const tokenOutputs = ["last_hidden_state", "token_embeddings", "hidden_states"];

export type OnnxEncoder = {
  /** Names the vectors: the same version gives a text the same vector, but for rounding. */
  readonly version: string;
  /** Numbers in a vector. */
  readonly width: number;
  /** Where it computes and why not elsewhere; null as long as nothing was chosen, which is on the CPU. */
  choice(): ProviderChoice | null;
  /** A vector of length 1 for each text, in their order; of zeros for a text without tokens. */
  encode(texts: readonly string[]): Promise<Float32Array[]>;
  /** Frees the native memory; it cannot encode afterwards. */
  dispose(): Promise<void>;
};

/** A part of a text as it is read in one go, with special tokens. */
type Reading = { text: number; ids: number[]; weight: number };

type Model = { name: string; session: Session; output: string; pooling: Pooling };

/**
 * Opens a sentence encoder or a decoder language model in a local folder (`readModelFiles`). A text is read with its
 * special tokens; one that is longer than the model allows is read twice, its head and its tail, and has the mean of both by their
 * numbers of tokens. Encoding blocks the calling thread: keep it off the main thread of web and worker. It computes on the CPU
 * until `chooseProvider`, which is asked with texts at hand, chooses another provider.
 *
 * Throws `invalid` in words for whoever chose the folder, also while encoding.
 */
export async function openOnnxEncoder(given: {
  folder: string;
  pooling: Pooling;
  /** What the files must be; null for what they are. */
  version?: string | null;
  threads?: number;
  /** Chooses where it computes; the CPU if left out. */
  chooseProvider?: ChooseEncodingProvider;
}): Promise<OnnxEncoder> {
  const { folder, pooling, version: wanted = null, threads = 1, chooseProvider } = given;
  const name = path.basename(folder);
  const files = await readModelFiles(folder);
  const version = `onnx-${files.hash.slice(0, 32)}-${pooling}`;
  if (wanted !== null && wanted !== version) {
    throw new AppError(
      "invalid",
      `The files of model ${name} have changed since it was chosen. Put them back, or choose it again and train anew.`,
    );
  }
  const read = openTokenizer(files, name);
  // A version that is wanted was chosen once, and was probed then.
  const probed = wanted === null ? read("a") : null;
  const opened = await openOnCpu(files, { name, pooling, threads, probed });
  const { width } = opened;
  let { model } = opened;
  let choice: ProviderChoice | null = null;
  const choose = async (batch: readonly Reading[], isFull: boolean): Promise<void> => {
    if (!chooseProvider) return;
    const fastest = await fastestSession({
      ...{ cpu: model.session, isFull, choose: chooseProvider },
      open: (provider) => openSession(files.modelPath, { threads, provider }),
      vectorsBy: async (on) => rowsOf(await run({ ...model, session: on }, batch), width).map(normalised),
    });
    if (!fastest) return;
    choice = fastest.choice;
    if (fastest.session !== model.session) await model.session.dispose();
    model = { ...model, session: fastest.session };
  };
  const cannotRead = (why: string): string => `The model in folder ${name} cannot read some texts: ${why}`;
  return {
    ...{ version, width },
    choice: () => choice,
    encode: async (texts) => {
      const readings = texts.flatMap((text, i) => read(text).map((reading) => ({ ...reading, text: i })));
      const batches = batchesOf(readings, files.isDynamicallyQuantised ? 1 : Infinity);
      if (choice === null && batches.length > 0) await choose(batches[0]!, batches.length > 1);
      const sums = texts.map(() => new Float64Array(width));
      for (const batch of batches) {
        const vectors = rowsOf(await runOr(cannotRead, model, batch), width);
        batch.forEach(({ text, weight }, i) => {
          for (let j = 0; j < width; j++) sums[text]![j]! += weight * vectors[i]![j]!;
        });
      }
      return sums.map(normalised);
    },
    dispose: () => model.session.dispose(),
  };
}

/** Opens a model and sees that it can be used; also by its longest window, filled with `probed`, if that is given. */
async function openOnCpu(
  { modelPath, maxTokens }: ModelFiles,
  given: { name: string; pooling: Pooling; threads: number; probed: Omit<Reading, "text">[] | null },
): Promise<{ model: Model; width: number }> {
  const { name, pooling, threads, probed } = given;
  const cannotBeUsed = (why: string): string => `The model in folder ${name} cannot be used: ${why}`;
  const session = await openSession(modelPath, { threads }).catch((cause: Error) => {
    throw new AppError("invalid", cannotBeUsed(cause.message), { cause });
  });
  try {
    const model = { name, session, output: tokenOutput(session, name), pooling };
    const { length: width } = await runOr(cannotBeUsed, model, [{ text: 0, ids: [0], weight: 1 }]);
    // By a real text, as some models do not count padding.
    if (probed) await probeWindow(model, probed[0]?.ids ?? [], maxTokens);
    return { model, width };
  } catch (error) {
    await session.dispose();
    throw error;
  }
}

/** Cuts a text into what is read of it. */
function openTokenizer(
  { tokenizer: json, tokenizerConfig, maxTokens }: ModelFiles,
  name: string,
): (text: string) => Omit<Reading, "text">[] {
  let tokenizer: Tokenizer;
  let around: [number[], number[]];
  try {
    tokenizer = new Tokenizer(json, tokenizerConfig);
    around = specialTokens(tokenizer);
  } catch (cause) {
    const message = `tokenizer.json in folder ${name} cannot be used: ${(cause as Error).message}.`;
    throw new AppError("invalid", message, { cause });
  }
  const [before, after] = around;
  const room = maxTokens - before.length - after.length;
  if (room < 1)
    throw new AppError("invalid", `The model in folder ${name} reads ${maxTokens} tokens, too few for any text.`);
  return (text) => {
    const { ids } = tokenizer.encode(text, { add_special_tokens: false });
    const tail = Math.min(room, ids.length - room);
    const windows = tail > 0 ? [ids.slice(0, room), ids.slice(-tail)] : [ids];
    const readings = windows.map((window) => ({ ids: [...before, ...window, ...after], weight: window.length || 1 }));
    return readings.filter((reading) => reading.ids.length > 0);
  };
}

/** The special tokens before and after a text. */
function specialTokens(tokenizer: Tokenizer): [number[], number[]] {
  const probe = "a";
  const bare = tokenizer.encode(probe, { add_special_tokens: false }).ids;
  const whole = tokenizer.encode(probe).ids;
  const start = whole.findIndex((_, i) => bare.every((id, j) => whole[i + j] === id));
  return [whole.slice(0, start), whole.slice(start + bare.length)];
}

const knownInputs = ["input_ids", "attention_mask", "token_type_ids", "position_ids"];

function tokenOutput({ inputNames, outputNames }: Session, name: string): string {
  const unknown = inputNames.filter((input) => !knownInputs.includes(input));
  if (unknown.length > 0) {
    throw new AppError(
      "invalid",
      `The model in folder ${name} asks for ${unknown.slice(0, 3).join(", ")}, which cannot be given. Export it for feature extraction, without a cache of past tokens.`,
    );
  }
  const output = tokenOutputs.find((one) => outputNames.includes(one));
  if (output !== undefined) return output;
  throw new AppError(
    "invalid",
    `The model in folder ${name} gives ${outputNames.join(", ")}, and none of ${tokenOutputs.join(", ")}. Export it for feature extraction.`,
  );
}

/** Runs the model on its longest window, to know that it can read that: RoBERTa tells 514 tokens and reads 512. */
async function probeWindow(model: Model, ids: readonly number[], maxTokens: number): Promise<void> {
  const filling = Array.from({ length: maxTokens }, (_, place) => ids[place % ids.length] ?? 0);
  const cannotRead = (why: string): string =>
    `The model in folder ${model.name} cannot read ${maxTokens} tokens, its length by its files (${usualWindow} if they tell none). Set model_max_length in its tokenizer_config.json to what it can read: ${why}`;
  await runOr(cannotRead, model, [{ text: 0, ids: filling, weight: 1 }]);
}

/** Readings of like length together, so that little is padding. */
function batchesOf(readings: readonly Reading[], mostReadings: number): Reading[][] {
  const batches: Reading[][] = [];
  for (const reading of readings.toSorted((a, b) => b.ids.length - a.ids.length)) {
    const batch = batches.at(-1);
    // The first of a batch is its longest.
    const isFull = !batch || batch.length >= mostReadings || (batch.length + 1) * batch[0]!.ids.length > tokensAtOnce;
    if (isFull) batches.push([reading]);
    else batch.push(reading);
  }
  return batches;
}

/** As `run`, and throws `invalid` with the words that `fault` puts around onnxruntime's where the model cannot be run. */
async function runOr(fault: (why: string) => string, model: Model, batch: readonly Reading[]): Promise<Float32Array> {
  try {
    return await run(model, batch);
  } catch (cause) {
    if (cause instanceof AppError && cause.code === "invalid") throw cause;
    throw new AppError("invalid", fault((cause as Error).message), { cause });
  }
}

/** The pooled vectors of readings, one after the other. Throws `invalid` where they are not finite, as no model can learn from them. */
async function run({ name, session, output, pooling }: Model, batch: readonly Reading[]): Promise<Float32Array> {
  const length = Math.max(...batch.map(({ ids }) => ids.length));
  const tensor = (value: (reading: Reading, place: number) => number): HostTensor => ({
    dtype: "int64",
    shape: [batch.length, length],
    data: BigInt64Array.from(
      batch.flatMap((reading) => Array.from({ length }, (_, place) => BigInt(value(reading, place)))),
    ),
  });
  const inputs: Record<string, () => HostTensor> = {
    input_ids: () => tensor(({ ids }, place) => ids[place] ?? 0),
    attention_mask: () => tensor(({ ids }, place) => (place < ids.length ? 1 : 0)),
    token_type_ids: () => tensor(() => 0),
    position_ids: () => tensor((_, place) => place),
  };
  const feeds = Object.fromEntries(session.inputNames.map((input) => [input, inputs[input]!()]));
  const hidden = (await session.run(feeds, [output]))[output]!;
  if (hidden.shape.length !== 3)
    throw new AppError("internal", `its ${output} has ${hidden.shape.length} axes, not 3.`);
  const pooled = pool(hidden, batch, pooling);
  if (pooled.every(Number.isFinite)) return pooled;
  throw new AppError(
    "invalid",
    `The model in folder ${name} gives numbers that are not finite for some texts. Use it in float32.`,
  );
}

function pool({ shape, data }: HostTensor, batch: readonly Reading[], pooling: Pooling): Float32Array {
  const [, length, width] = shape as [number, number, number];
  const pooled = new Float32Array(batch.length * width);
  batch.forEach(({ ids }, text) => {
    const first = pooling === "last" ? ids.length - 1 : 0;
    const end = pooling === "cls" ? 1 : ids.length;
    for (let j = 0; j < width; j++) {
      let sum = 0;
      for (let token = first; token < end; token++) sum += Number(data[(text * length + token) * width + j]);
      pooled[text * width + j] = sum / (end - first);
    }
  });
  return pooled;
}

/** The rows of numbers that stand one after the other. */
function rowsOf(numbers: Float32Array, width: number): Float32Array[] {
  const rows = numbers.length / width;
  return Array.from({ length: rows }, (_, i) => numbers.subarray(i * width, (i + 1) * width));
}

function normalised(vector: Float64Array | Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => (length === 0 ? 0 : value / length));
}
