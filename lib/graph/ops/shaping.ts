import {
  addDims,
  broadcastShapes,
  formatShape,
  reshapeTarget,
  resolveAxes,
  sameShape,
  type Dim,
  type Shape,
} from "../shape";
import type { Tensor } from "../tensor";
import { add, sub } from "./arithmetic";
import { asTensor, axisOf, integers, operation, refused } from "./operation";

/** The same elements in another shape. One named length of `shape` that is not at its old axis is inferred. */
export function reshape(a: Tensor, shape: Shape): Tensor {
  const target = reshapeTarget(a.shape, shape);
  if (!target)
    throw refused("Reshape", [a], `${formatShape(shape)} must hold as many elements, with at most one length to infer`);
  return operation("Reshape", [a, integers(target)], shape, a.dtype);
}

/** The elements of `a` in the shape that `like` has when the graph runs. */
export function reshapeLike(a: Tensor, like: Tensor): Tensor {
  return sameShape(a.shape, like.shape) ? a : operation("Reshape", [a, shapeOf(like)], like.shape, a.dtype);
}

/** Repeats `a` to `shape`, whose named lengths `a` must have itself; for others there is `expandLike`. */
export function expand(a: Tensor, shape: Shape): Tensor {
  if (sameShape(a.shape, shape)) return a;
  const reached = broadcastShapes(a.shape, shape);
  const offset = shape.length - a.shape.length;
  const isKnown = shape.every((dim, axis) => typeof dim === "number" || dim === a.shape[axis - offset]);
  if (!reached || !sameShape(reached, shape) || !isKnown) {
    throw refused("Expand", [a], `it must broadcast to ${formatShape(shape)} and have that shape's named lengths`);
  }
  // To ONNX, 1 is the length that is there.
  const target = shape.map((dim) => (typeof dim === "number" ? dim : 1));
  return operation("Expand", [a, integers(target)], shape, a.dtype);
}

/** Repeats `a` along the axes where it is shorter than `like`. */
export function expandLike(a: Tensor, like: Tensor): Tensor {
  if (sameShape(a.shape, like.shape)) return a;
  const shape = broadcastShapes(a.shape, like.shape);
  if (!shape || !sameShape(shape, like.shape))
    throw refused("Expand", [a, like], "the first must broadcast to the second");
  return operation("Expand", [a, shapeOf(like)], like.shape, a.dtype);
}

export const zerosLike = (a: Tensor): Tensor => expandLike(asTensor(0, a.dtype), a);

/** Adds axes of length 1; `axes` are positions in the result. */
export function unsqueeze(a: Tensor, axes: readonly number[]): Tensor {
  const resolved = resolveAxes(axes, a.shape.length + axes.length);
  if (!resolved) throw refused("Unsqueeze", [a], `the axes ${formatShape(axes)} must be distinct axes of the result`);
  const shape: Dim[] = [...a.shape];
  for (const axis of resolved) shape.splice(axis, 0, 1);
  return operation("Unsqueeze", [a, integers(resolved)], shape, a.dtype);
}

/** Removes axes of length 1. */
export function squeeze(a: Tensor, axes: readonly number[]): Tensor {
  const resolved = resolveAxes(axes, a.shape.length);
  if (!resolved || resolved.some((axis) => a.shape[axis] !== 1)) {
    throw refused("Squeeze", [a], `the axes ${formatShape(axes)} must have length 1`);
  }
  const shape = a.shape.filter((_, axis) => !resolved.includes(axis));
  return operation("Squeeze", [a, integers(resolved)], shape, a.dtype);
}

/** Joins tensors along `axis`; their other lengths must be equal. */
export function concat(parts: readonly Tensor[], axis: number): Tensor {
  const [head] = parts;
  if (!head) throw refused("Concat", parts, "there must be a tensor to join");
  const along = axisOf("Concat", parts, axis);
  const shapeWith = (dim: Dim, { shape }: Tensor): Shape => shape.with(along, dim);
  for (const part of parts) {
    const fits = part.shape.length === head.shape.length && sameShape(shapeWith(0, part), shapeWith(0, head));
    if (!fits || part.dtype !== head.dtype) {
      throw refused("Concat", parts, `the types, and all lengths but those of axis ${along}, must be equal`);
    }
  }
  if (parts.length === 1) return head;
  const length = addDims(...parts.map((part) => part.shape[along]!));
  return operation("Concat", parts, shapeWith(length, head), head.dtype, { axis: { int: along } });
}

/** To ONNX, the end of an axis of any length. */
const theEnd = 2 ** 31 - 1;

/**
 * The elements from `start` up to, not including, `end` along `axis`; negative positions count from the end. They must
 * lie within a fixed length. A named length is taken to be long enough; ONNX cuts short what reaches beyond it.
 */
export function slice(a: Tensor, axis: number, start: number, end?: number): Tensor {
  const along = axisOf("Slice", [a], axis);
  const whole = a.shape[along]!;
  const from = typeof whole === "number" && start < 0 ? start + whole : start;
  const to = typeof whole === "number" ? (end === undefined ? whole : end < 0 ? end + whole : end) : end;
  const length = sliceLength(whole, from, to);
  if (length === null) {
    const range = `${start} to ${end ?? "the end"}`;
    throw refused("Slice", [a], `${range} must be a known number of elements within axis ${along}`);
  }
  if (length === whole) return a;
  const inputs = [a, integers([from]), integers([to ?? theEnd]), integers([along])];
  return operation("Slice", inputs, a.shape.with(along, length), a.dtype);
}

/** Cuts a tensor along `axis` into parts of these lengths. ONNX's Split, as the slices that it is made of. */
export function split(a: Tensor, axis: number, lengths: readonly number[]): Tensor[] {
  const along = axisOf("Slice", [a], axis);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (a.shape[along] !== total) {
    throw refused("Slice", [a], `the parts ${formatShape(lengths)} must make up axis ${along}`);
  }
  let start = 0;
  return lengths.map((length) => slice(a, along, start, (start += length)));
}

/** As many elements as `like` has along `axis`, from `start` (int64[1], not negative) on. */
export function sliceLike(a: Tensor, like: Tensor, axis: number, start: Tensor): Tensor {
  const end = add(start, lengthOf(like, axis));
  return operation("Slice", [a, start, end, integers([axis])], like.shape, a.dtype);
}

/** What `sliceLike` undoes: `a` at `start` along `axis`, among zeros, as long as `like`. */
export function padLike(a: Tensor, like: Tensor, axis: number, start: Tensor): Tensor {
  const after = sub(sub(lengthOf(like, axis), start), lengthOf(a, axis));
  return operation("Pad", [a, concat([start, after], 0), asTensor(0, a.dtype), integers([axis])], like.shape, a.dtype);
}

/** The number of elements, as int64. */
export const sizeOf = (a: Tensor): Tensor => operation("Size", [a], [], "int64");

/** The length of one axis, as int64[1]. */
export function lengthOf(a: Tensor, axis: number): Tensor {
  const length = a.shape[axis]!;
  if (typeof length === "number") return integers([length]);
  return operation("Shape", [a], [1], "int64", { start: { int: axis }, end: { int: axis + 1 } });
}

const shapeOf = (a: Tensor): Tensor => operation("Shape", [a], [a.shape.length], "int64");

function sliceLength(whole: Dim, from: number, to: number | undefined): Dim | null {
  if (typeof whole === "number") return to !== undefined && 0 <= from && from < to && to <= whole ? to - from : null;
  if (to === undefined) return from < 0 ? -from : addDims(whole, -from);
  if (from >= 0 && to < 0) return addDims(whole, to - from);
  return from < 0 === to < 0 && from < to ? to - from : null;
}
