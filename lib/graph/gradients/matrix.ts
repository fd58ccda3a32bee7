import * as ops from "../ops";
import { multiplyDims } from "../shape";
import type { Operation, OpName, Tensor } from "../tensor";
import { floatOf, intOf, ofFirst, unbroadcast, type Rule } from "./rule";

export const matrixRules = {
  MatMul: (node, gradient) => {
    const [a, b] = node.inputs as [Tensor, Tensor];
    return [unbroadcast(ops.matMul(gradient, ops.transpose(b)), a), byRight(a, b, gradient)];
  },
  Gemm: (node, gradient) => {
    const [a, b, c] = node.inputs as [Tensor, Tensor, Tensor?];
    const alpha = floatOf(node, "alpha");
    const transA = intOf(node, "transA") === 1;
    const transB = intOf(node, "transB") === 1;
    const product = (left: Tensor, right: Tensor, turned: { transA?: boolean; transB?: boolean }): Tensor =>
      ops.gemm(left, right, undefined, { alpha, ...turned });
    return [
      transA ? product(b, gradient, { transA: transB, transB: true }) : product(gradient, b, { transB: !transB }),
      transB ? product(gradient, a, { transA: true, transB: transA }) : product(a, gradient, { transA: !transA }),
      ...(c ? [unbroadcast(ops.mul(gradient, floatOf(node, "beta")), c)] : []),
    ];
  },
  Transpose: ofFirst((_a, gradient, node) => ops.transpose(gradient, inverseOrder(node))),
} satisfies Partial<Record<OpName, Rule | null>>;

/**
 * A single matrix b that every matrix of the batch a was multiplied with: one product over all their rows, where the
 * general way would make one matrix for each of the batch only to sum them.
 */
function byRight(a: Tensor, b: Tensor, gradient: Tensor): Tensor {
  const isShared = b.shape.length === 2 && a.shape.length > 2 && b.shape.every((dim) => typeof dim === "number");
  if (!isShared) return unbroadcast(ops.matMul(ops.transpose(a), gradient), b);
  const rows = ({ shape }: Tensor) => [multiplyDims(...shape.slice(0, -1)), shape.at(-1)!];
  return ops.gemm(ops.reshape(a, rows(a)), ops.reshape(gradient, rows(gradient)), undefined, { transA: true });
}

function inverseOrder(node: Operation): number[] {
  const { perm } = node.attributes;
  const order = perm && "ints" in perm ? perm.ints : [];
  return order.map((_, axis) => order.indexOf(axis));
}
