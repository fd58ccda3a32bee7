import { AppError } from "@/lib/errors";
import type { ProviderChoice } from "@/lib/graph/choose-provider";
import { elementCount, type HostTensor } from "@/lib/graph/tensor";
import type { HeadValues } from "./head";
import type { Checkpoint, EpochRecord } from "./train";

/** What stands before the numbers: everything that is not a tensor, and where each tensor's numbers are. */
type Header = {
  epoch: number;
  provider: ProviderChoice | null;
  step: number;
  bestEpochs: number[];
  history: EpochRecord[];
  state: TensorEntry[];
  best: TensorEntry[];
};

type TensorEntry = { name: string; shape: readonly number[] };

/** A checkpoint as bytes: the length of a JSON header, the header, then float32 numbers in its order, little-endian. */
export function encodeCheckpoint({ epoch, provider, state, best, bestEpochs, history }: Checkpoint): Uint8Array {
  const tensors = [...Object.entries(state.tensors), ...Object.entries(best)];
  const entries = (from: Readonly<Record<string, HostTensor>>): TensorEntry[] =>
    Object.entries(from).map(([name, { shape }]) => ({ name, shape }));
  const header: Header = {
    epoch,
    provider,
    step: state.step,
    bestEpochs,
    history,
    state: entries(state.tensors),
    best: entries(best),
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(4 + json.length + tensors.reduce((sum, [, { data }]) => sum + data.byteLength, 0));
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  let offset = 4 + json.length;
  for (const [, { data }] of tensors) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

/** Reads `encodeCheckpoint`'s bytes. Throws `internal` where they are cut short or hold more. */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const start = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, start))) as Header;
  const { epoch, provider = null, step, bestEpochs, history } = header;
  const sizeOf = ({ shape }: TensorEntry): number => 4 * elementCount(shape);
  const expected = [...header.state, ...header.best].reduce((sum, entry) => sum + sizeOf(entry), start);
  if (bytes.length !== expected) {
    throw new AppError(
      "internal",
      `The checkpoint has ${bytes.length} bytes where ${expected} were expected; train from the start.`,
    );
  }
  let offset = start;
  const read = (entry: TensorEntry): [string, HostTensor] => {
    // A copy, as the numbers need not stand at a multiple of four.
    const data = new Float32Array(bytes.slice(offset, offset + sizeOf(entry)).buffer);
    offset += sizeOf(entry);
    return [entry.name, { dtype: "float32", shape: entry.shape, data }];
  };
  const state = { step, tensors: Object.fromEntries(header.state.map(read)) };
  const best = Object.fromEntries(header.best.map(read)) as HeadValues;
  return { epoch, provider, state, best, bestEpochs, history };
}
