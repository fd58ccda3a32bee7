/** A vector by its entries that are not zero; `indices` ascend. */
export type SparseVector = { readonly indices: Uint16Array; readonly values: Float32Array };

/** A text as an encoder reads it: mostly zeros, or all of its numbers. */
export type FeatureVector = SparseVector | Float32Array;

/** Writes a vector of `width` numbers into `target` from `offset` on, zeros included. */
export function writeDense(vector: FeatureVector, target: Float32Array, offset: number, width: number): void {
  if (vector instanceof Float32Array) return target.set(vector, offset);
  const { indices, values } = vector;
  target.fill(0, offset, offset + width);
  for (let i = 0; i < indices.length; i++) target[offset + indices[i]!] = values[i]!;
}
