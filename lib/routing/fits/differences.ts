import { encodeHashed, hashedWidthOf } from "@/lib/encoders/hashed";
import type { EncoderConfig } from "@/lib/encoders/schema";
import { writeDense } from "@/lib/encoders/sparse";
import type { BacktestInput } from "../backtest/input";

/** What rewards and gains are learned from, with texts in place of what an encoder makes of their differences. */
export type Learning = Omit<NonNullable<BacktestInput["learning"]>, "vectors" | "width"> & {
  encoder: EncoderConfig;
  texts: string[];
  /** Of the texts; null for the built-in encoder, which then reads them. */
  vectors: Float32Array[] | null;
  /** Which texts each pair is of. */
  pairs: [first: number, second: number][];
};

/** The features of the first completion of each pair less those of the second: [pairs, width], row by row. */
export function differencesOf({ encoder, texts, vectors, pairs }: Learning): Float32Array {
  const { width } = encoder;
  const read = vectors ?? texts.map((text) => encodeHashed(text, hashedWidthOf(encoder)));
  const differences = new Float32Array(pairs.length * width);
  const second = new Float32Array(width);
  pairs.forEach((pair, row) => {
    writeDense(read[pair[0]]!, differences, row * width, width);
    writeDense(read[pair[1]]!, second, 0, width);
    for (let i = 0; i < width; i++) differences[row * width + i]! -= second[i]!;
  });
  return differences;
}
