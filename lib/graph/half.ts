/**
 * The numbers of half precision (IEEE 754 binary16) in the bytes of a view, as float32. The view's own class does not matter:
 * onnxruntime gives a Float16Array where JavaScript has one, and a Uint16Array where it has not.
 */
export function widenHalf({ buffer, byteOffset, byteLength }: ArrayBufferView): Float32Array {
  return Float32Array.from(new Uint16Array(buffer, byteOffset, byteLength / 2), widen);
}

function widen(word: number): number {
  const sign = word & 0x8000 ? -1 : 1;
  const exponent = (word >> 10) & 0x1f;
  const fraction = (word & 0x3ff) / 1024;
  if (exponent === 0) return sign * 2 ** -14 * fraction;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * 2 ** (exponent - 15) * (1 + fraction);
}
