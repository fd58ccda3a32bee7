import { encodeHashed, hashedWidthOf } from "@/lib/encoders/hashed";
import type { EncoderConfig } from "@/lib/encoders/schema";
import { writeDense, type FeatureVector } from "@/lib/encoders/sparse";
import { fewerColumns } from "../backtest/fewer-columns";
import type { BacktestInput } from "../backtest/input";

/** What rewards and gains are learned from, with texts in place of what an encoder makes of their differences. */
export type Learning = Omit<NonNullable<BacktestInput["learning"]>, "vectors" | "width"> & {
  encoder: EncoderConfig;
  texts: string[];
  /** Of the texts; null for the built-in encoder, which then reads them. */
  vectors: Float32Array[] | null;
  /** Which texts each pair is of. */
  pairs: TextPair[];
};

type TextPair = readonly [first: number, second: number];

/** The same with the differences of the texts. */
export function readTexts({
  encoder,
  texts,
  vectors,
  pairs,
  ...rest
}: Learning): NonNullable<BacktestInput["learning"]> {
  const read = vectors ?? texts.map((text) => encodeHashed(text, hashedWidthOf(encoder)));
  return { ...rest, ...differencesOf(read, encoder.width, pairs) };
}

/**
 * The features of the first completion of each pair less those of the second, row by row: [pairs, width]. Of fewer texts
 * than features they have as many columns as there are texts, which are often fewer than the pairs (see `fewerColumns`).
 */
export function differencesOf(
  read: readonly FeatureVector[],
  width: number,
  pairs: readonly TextPair[],
): { vectors: Float32Array; width: number } {
  if (read.length >= width) return { vectors: subtract(read, width, pairs), width };
  const dense = new Float32Array(read.length * width);
  read.forEach((vector, row) => writeDense(vector, dense, row * width, width));
  const turned = fewerColumns(dense, width);
  const rows = read.map((_, row) => turned.vectors.subarray(row * turned.width, (row + 1) * turned.width));
  return { vectors: subtract(rows, turned.width, pairs), width: turned.width };
}

function subtract(read: readonly FeatureVector[], width: number, pairs: readonly TextPair[]): Float32Array {
  const differences = new Float32Array(pairs.length * width);
  const second = new Float32Array(width);
  pairs.forEach((pair, row) => {
    writeDense(read[pair[0]]!, differences, row * width, width);
    writeDense(read[pair[1]]!, second, 0, width);
    for (let i = 0; i < width; i++) differences[row * width + i]! -= second[i]!;
  });
  return differences;
}
