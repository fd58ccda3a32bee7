/** A vector by its entries that are not zero; `indices` ascend. */
export type SparseVector = { readonly indices: Uint16Array; readonly values: Float32Array };

/** Writes a vector of `width` numbers into `target` from `offset` on, zeros included. */
export function writeDense(
  { indices, values }: SparseVector,
  target: Float32Array,
  offset: number,
  width: number,
): void {
  target.fill(0, offset, offset + width);
  for (let i = 0; i < indices.length; i++) target[offset + indices[i]!] = values[i]!;
}
