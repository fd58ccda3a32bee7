import { add, matMul, sigmoid, squeeze } from "@/lib/graph/ops";
import { input, parameter, type HostTensor, type Tensor } from "@/lib/graph/tensor";
import type { ArtifactPart } from "@/lib/reward/training/score";
import type { LinearHead } from "./logit";
import { piecesInput } from "./outputs";

/**
 * Heads for segments and steps as a part of a version's file: input `segments` [m, 3d] and for each head an output [m], the
 * probability sigmoid(x . w + b). It reads no completion, so m is independent of their number n, and either may be 0.
 */
export function densePart(heads: readonly { output: string; head: LinearHead }[], width: number): ArtifactPart {
  const outputs: Record<string, Tensor> = {};
  const values: Record<string, HostTensor> = {};
  const x = input(piecesInput, ["m", 3 * width]);
  for (const { output, head } of heads) {
    const [w, b] = [parameter(`${output}.w`, [3 * width, 1]), parameter(`${output}.b`, [1])];
    values[w.name] = { dtype: "float32", shape: [3 * width, 1], data: Float32Array.from(head.w) };
    values[b.name] = { dtype: "float32", shape: [1], data: Float32Array.of(head.b) };
    outputs[output] = squeeze(sigmoid(add(matMul(x, w), b)), [1]);
  }
  return { outputs: () => outputs, values };
}
