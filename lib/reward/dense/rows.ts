import { writeDense } from "@/lib/encoders/sparse";
import type { HostTensor } from "@/lib/graph/tensor";
import type { DenseFeatures, DenseRow } from "./data";

/** Rows scored in one run. */
export const scoredAtOnce = 512;

/** What the heads read of rows, [n, 3d]: [e(prompt); e(text up to and with the piece); e(piece)]. */
export function denseInputs({ features, width }: DenseFeatures, rows: readonly Pick<DenseRow, "places">[]): HostTensor {
  const data = new Float32Array(rows.length * 3 * width);
  rows.forEach(({ places }, row) =>
    places.forEach((place, part) => writeDense(features[place]!, data, (3 * row + part) * width, width)),
  );
  return { dtype: "float32", shape: [rows.length, 3 * width], data };
}
