/** The numbers of half precision (IEEE 754 binary16) in 16-bit words, as float32. */
export function widenHalf(words: Uint16Array): Float32Array {
  return Float32Array.from(words, widen);
}

function widen(word: number): number {
  const sign = word & 0x8000 ? -1 : 1;
  const exponent = (word >> 10) & 0x1f;
  const fraction = (word & 0x3ff) / 1024;
  if (exponent === 0) return sign * 2 ** -14 * fraction;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * 2 ** (exponent - 15) * (1 + fraction);
}
