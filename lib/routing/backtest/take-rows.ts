/** The rows of a matrix at these places, in their order. */
export function takeRows(matrix: Float32Array, width: number, places: Int32Array): Float32Array {
  const rows = new Float32Array(places.length * width);
  places.forEach((place, row) => rows.set(matrix.subarray(place * width, (place + 1) * width), row * width));
  return rows;
}
