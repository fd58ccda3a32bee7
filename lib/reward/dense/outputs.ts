import type { HostTensor } from "@/lib/graph/tensor";

const prefix = "dense.";

/** The input [m, 3d] of a version's file that the heads for segments and steps read. */
export const piecesInput = "segments";

/** The output [m] with the probability that a row is a good step. */
export const stepOutput = `${prefix}step`;

const segmentPrefix = `${prefix}segment.`;

/** The output [m] with the probability that annotators mark a row with the category. */
export function segmentOutput(category: string): string {
  return `${segmentPrefix}${category}`;
}

/** The categories among the outputs of a file. */
export function categoriesAmong(outputs: readonly string[]): string[] {
  return outputs.flatMap((name) => (name.startsWith(segmentPrefix) ? [name.slice(segmentPrefix.length)] : []));
}

/** Whether an output says something of segments or steps, and not of completions. */
export function isDenseOutput(name: string): boolean {
  return name.startsWith(prefix);
}

/** No segment or step, for a run that asks of completions alone. */
export function noPieces(width: number): Record<typeof piecesInput, HostTensor> {
  return { [piecesInput]: { dtype: "float32", shape: [0, 3 * width], data: new Float32Array(0) } };
}
