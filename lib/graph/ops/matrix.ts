import { broadcastShapes, formatShape, resolveAxes } from "../shape";
import type { Tensor } from "../tensor";
import { operation, refused } from "./operation";

/** Matrix product over the last two axes; the axes before them broadcast. [.., n, d] x [.., d, m] -> [.., n, m]. */
export function matMul(a: Tensor, b: Tensor): Tensor {
  const [n, inner] = a.shape.slice(-2);
  const [innerB, m] = b.shape.slice(-2);
  if (n === undefined || inner === undefined || innerB === undefined || m === undefined) {
    throw refused("MatMul", [a, b], "both must have at least two axes; unsqueeze a vector first");
  }
  if (inner !== innerB) throw refused("MatMul", [a, b], `the inner lengths ${inner} and ${innerB} must be equal`);
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (!batch || a.dtype !== b.dtype) {
    throw refused("MatMul", [a, b], "the axes before the last two must broadcast, and the types must be equal");
  }
  return operation("MatMul", [a, b], [...batch, n, m], a.dtype);
}

export type GemmOptions = { alpha?: number; beta?: number; transA?: boolean; transB?: boolean };

/** alpha A B + beta C for matrices, A and B transposed first where asked; C, which may be left out, broadcasts. */
export function gemm(a: Tensor, b: Tensor, c?: Tensor, options: GemmOptions = {}): Tensor {
  const { alpha = 1, beta = 1, transA = false, transB = false } = options;
  const inputs = c ? [a, b, c] : [a, b];
  if (a.shape.length !== 2 || b.shape.length !== 2) throw refused("Gemm", inputs, "the first two must be matrices");
  const [n, inner] = transA ? a.shape.toReversed() : a.shape;
  const [innerB, m] = transB ? b.shape.toReversed() : b.shape;
  if (inner !== innerB) throw refused("Gemm", inputs, `the inner lengths ${inner} and ${innerB} must be equal`);
  const shape = [n!, m!];
  if (c && broadcastShapes(c.shape, shape)?.join() !== shape.join()) {
    throw refused("Gemm", inputs, `the third must broadcast to ${formatShape(shape)}`);
  }
  if (inputs.some(({ dtype }) => dtype !== a.dtype)) throw refused("Gemm", inputs, "the types must be equal; cast one");
  return operation("Gemm", inputs, shape, a.dtype, {
    alpha: { float: alpha },
    beta: { float: beta },
    transA: { int: Number(transA) },
    transB: { int: Number(transB) },
  });
}

/** Reorders the axes: axis i of the result is axis `order[i]` of `a`. By default swaps the last two. */
export function transpose(a: Tensor, order: readonly number[] = swapLast(a.shape.length)): Tensor {
  if (order.length !== a.shape.length || !resolveAxes(order, a.shape.length) || order.some((axis) => axis < 0)) {
    throw refused("Transpose", [a], `the order ${formatShape(order)} must name each axis once`);
  }
  if (order.every((axis, i) => axis === i)) return a;
  const shape = order.map((axis) => a.shape[axis]!);
  return operation("Transpose", [a], shape, a.dtype, { perm: { ints: order } });
}

function swapLast(rank: number): number[] {
  const order = Array.from({ length: rank }, (_, axis) => axis);
  return rank < 2 ? order : [...order.slice(0, -2), rank - 1, rank - 2];
}
