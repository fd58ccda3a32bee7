import { LRUCache } from "lru-cache";
import { openOnnxEncoder, type OnnxEncoder } from "@/lib/encoders/onnx";
import { openFastEncoder } from "./fast-encoder";
import type { EncodeRequest } from "./scorer-protocol";

/** Encoders of a process that are kept ready; one takes up to as much memory as its file. */
const keptEncoders = 2;

const encoders = new LRUCache<string, OnnxEncoder>({
  max: keptEncoders,
  dispose: (encoder) => void encoder.dispose(),
});

/** What an encoder makes of texts. */
type Encoded = { version: string; width: number; vectors: Float32Array[] };

/**
 * Encodes texts with the encoder that a request asks for. One of a wanted version is kept; one that is looked at for what it
 * is now is not, as nothing may come of it. Throws `invalid` where its files cannot be used or are not what is wanted. Two at a
 * time must not be asked for.
 */
export async function encodeWithKept({ texts, ...wanted }: Omit<EncodeRequest, "id" | "kind">): Promise<Encoded> {
  if (wanted.version !== null) return await encode(await keptEncoder(wanted), texts);
  const encoder = await openOnnxEncoder(wanted);
  try {
    return await encode(encoder, texts);
  } finally {
    await encoder.dispose();
  }
}

async function keptEncoder(wanted: Pick<EncodeRequest, "folder" | "pooling" | "version">): Promise<OnnxEncoder> {
  const key = `${wanted.pooling} ${wanted.folder}`;
  const kept = encoders.get(key);
  if (kept && kept.version === wanted.version) return kept;
  const opened = await openFastEncoder(wanted);
  encoders.set(key, opened);
  return opened;
}

async function encode(encoder: OnnxEncoder, texts: readonly string[]): Promise<Encoded> {
  const { version, width } = encoder;
  return { version, width, vectors: await encoder.encode(texts) };
}
