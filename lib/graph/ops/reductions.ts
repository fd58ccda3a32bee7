import { formatShape, resolveAxes, type Dim } from "../shape";
import { constant, type OpName, type Tensor } from "../tensor";
import { axisOf, integers, operation, refused } from "./operation";

export type Reduction = { axes?: readonly number[]; keepDims?: boolean };

/** Sums over `axes`, by default over all; `keepDims` leaves them with length 1. */
export const reduceSum = (a: Tensor, options: Reduction = {}): Tensor => reduce("ReduceSum", a, options);
export const reduceMean = (a: Tensor, options: Reduction = {}): Tensor => reduce("ReduceMean", a, options);
/** The largest element. Where several are the largest, they share the gradient evenly, as in PyTorch's amax. */
export const reduceMax = (a: Tensor, options: Reduction = {}): Tensor => reduce("ReduceMax", a, options);

/** Running sums along `axis`: from the end with `reverse`, without the element itself with `exclusive`. */
export function cumSum(a: Tensor, axis: number, { reverse = false, exclusive = false } = {}): Tensor {
  const along = constant([axisOf("CumSum", [a], axis)], [], "int64");
  return operation("CumSum", [a, along], a.shape, a.dtype, {
    exclusive: { int: Number(exclusive) },
    reverse: { int: Number(reverse) },
  });
}

function reduce(op: OpName, a: Tensor, { axes = a.shape.map((_, axis) => axis), keepDims = false }: Reduction): Tensor {
  const resolved = resolveAxes(axes, a.shape.length);
  if (!resolved) throw refused(op, [a], `the axes ${formatShape(axes)} must be distinct axes of the tensor`);
  // ONNX reads an empty list as all axes.
  if (resolved.length === 0) return a;
  const shape = a.shape.flatMap((dim, axis): Dim[] => (!resolved.includes(axis) ? [dim] : keepDims ? [1] : []));
  return operation(op, [a, integers(resolved)], shape, a.dtype, { keepdims: { int: keepDims ? 1 : 0 } });
}
