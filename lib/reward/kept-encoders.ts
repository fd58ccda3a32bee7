import { LRUCache } from "lru-cache";
import { openOnnxEncoder, type OnnxEncoder } from "@/lib/encoders/onnx";
import type { EncodeRequest } from "./scorer-protocol";

/** Encoders of a process that are kept ready; one takes up to as much memory as its file. */
const keptEncoders = 2;

const encoders = new LRUCache<string, OnnxEncoder>({
  max: keptEncoders,
  dispose: (encoder) => void encoder.dispose(),
});

/**
 * The encoder that a request asks for. Its files are read anew where another version of them is wanted than is kept. Throws
 * `invalid` where they cannot be used or are not what is wanted. Two at a time must not be asked for.
 */
export async function keptEncoder({ folder, pooling, version }: EncodeRequest): Promise<OnnxEncoder> {
  const key = `${pooling} ${folder}`;
  const kept = encoders.get(key);
  if (kept && kept.version === version) return kept;
  const opened = await openOnnxEncoder({ folder, pooling, version });
  encoders.set(key, opened);
  return opened;
}
