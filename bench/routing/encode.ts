import path from "node:path";
import { encodeHashed, hashedEncoderVersion } from "@/lib/encoders/hashed";
import { openOnnxEncoder } from "@/lib/encoders/onnx";
import type { FeatureVector } from "@/lib/encoders/sparse";

export type Encoder = {
  name: string;
  width: number;
  encode: (texts: readonly string[]) => Promise<FeatureVector[]>;
};

/** The model in a folder, or the built-in encoder. */
export async function openEncoder(folder: string | undefined): Promise<Encoder> {
  if (folder === undefined) {
    const encode = async (texts: readonly string[]): Promise<FeatureVector[]> =>
      texts.map((text) => encodeHashed(text));
    return { name: hashedEncoderVersion, width: 1024, encode };
  }
  const { width, encode } = await openOnnxEncoder({ folder, pooling: "mean", threads: 2 });
  return {
    name: path.basename(folder),
    width,
    async encode(texts) {
      const vectors: FeatureVector[] = [];
      for (let start = 0; start < texts.length; start += 64)
        vectors.push(...(await encode(texts.slice(start, start + 64))));
      return vectors;
    },
  };
}
