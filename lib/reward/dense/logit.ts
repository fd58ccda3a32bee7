import type { DenseFeatures, DenseRow } from "./data";

/** A head as it is served: sigmoid(x . w + b) is a probability. */
export type LinearHead = { w: Float32Array | Float64Array; b: number };

type Read = Pick<DenseRow, "places">;

/** Calls `each` for the numbers of a row that are not zero, with their places in it. */
export function eachEntry(
  { features, width }: DenseFeatures,
  { places }: Read,
  each: (at: number, value: number) => void,
): void {
  places.forEach((place, part) => {
    const [vector, offset] = [features[place]!, part * width];
    if (vector instanceof Float32Array) {
      for (let i = 0; i < vector.length; i++) each(offset + i, vector[i]!);
    } else {
      const { indices, values } = vector;
      for (let i = 0; i < indices.length; i++) each(offset + indices[i]!, values[i]!);
    }
  });
}

/** x . w + b */
export function logitOf(features: DenseFeatures, row: Read, { w, b }: LinearHead): number {
  let sum = b;
  eachEntry(features, row, (at, value) => {
    sum += w[at]! * value;
  });
  return sum;
}
