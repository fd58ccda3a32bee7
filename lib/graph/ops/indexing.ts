import { multiplyDims, sameShape } from "../shape";
import type { OpName, Tensor } from "../tensor";
import { asTensor, axisOf, integers, operation, refused, type Operand } from "./operation";
import { concat, expandLike, lengthOf, reshape } from "./shaping";

/**
 * The slices of `a` at `indices` along `axis`, whose place the axes of `indices` take; a number drops the axis. Rows of an
 * embedding: `gather(table, ids)`. Negative indices count from the end.
 */
export function gather(a: Tensor, indices: Operand, axis = 0): Tensor {
  const at = asTensor(indices, "int64");
  const along = indexed("Gather", a, at, axis);
  const shape = [...a.shape.slice(0, along), ...at.shape, ...a.shape.slice(along + 1)];
  return operation("Gather", [a, at], shape, a.dtype, { axis: { int: along } });
}

/** result[i][j] = a[i][indices[i][j]] for the last axis, and so on for others: each element picks its own. */
export function gatherElements(a: Tensor, indices: Tensor, axis = -1): Tensor {
  const along = indexed("GatherElements", a, indices, axis);
  requireAligned("GatherElements", a, indices, along, [a, indices]);
  return operation("GatherElements", [a, indices], indices.shape, a.dtype, { axis: { int: along } });
}

/**
 * `a` with `updates` added to its slices at `indices` along `axis`, repeated ones too: what `gather` undoes. Each number has
 * its index of its own, because onnxruntime's ScatterElements adds them in one order whatever the number of threads, and
 * its ScatterND, which takes one index for a whole slice, does not.
 */
export function scatterAdd(a: Tensor, indices: Tensor, updates: Tensor, axis = 0): Tensor {
  const along = indexed("ScatterElements", a, indices, axis);
  const [before, after] = [a.shape.slice(0, along), a.shape.slice(along + 1)];
  if (!sameShape(updates.shape, [...before, ...indices.shape, ...after])) {
    throw refused("ScatterElements", [a, indices, updates], "there must be one slice of the first for each index");
  }
  const count = multiplyDims(...indices.shape);
  const lengths = a.shape.map((_, each) => (each === along ? integers([-1]) : lengthOf(a, each)));
  const flat = operation("Reshape", [updates, concat(lengths, 0)], [...before, count, ...after], updates.dtype);
  const column = reshape(indices, [count, ...after.map(() => 1)]);
  return scatterAddElements(a, expandLike(column, flat), flat, along);
}

/** `a` with each of `updates` added at its index along `axis`, repeated ones too: what `gatherElements` undoes. */
export function scatterAddElements(a: Tensor, indices: Tensor, updates: Tensor, axis: number): Tensor {
  const inputs = [a, indices, updates];
  const along = indexed("ScatterElements", a, indices, axis);
  requireAligned("ScatterElements", a, indices, along, inputs);
  if (!sameShape(updates.shape, indices.shape) || updates.dtype !== a.dtype) {
    throw refused("ScatterElements", inputs, "there must be one element of the first's type for each index");
  }
  return operation("ScatterElements", inputs, a.shape, a.dtype, {
    axis: { int: along },
    reduction: { string: "add" },
  });
}

/** The axis that the indices are positions on. */
function indexed(op: OpName, a: Tensor, indices: Tensor, axis: number): number {
  if (indices.dtype !== "int64") throw refused(op, [a, indices], "the indices must be int64");
  return axisOf(op, [a, indices], axis);
}

function requireAligned(op: OpName, a: Tensor, indices: Tensor, along: number, inputs: readonly Tensor[]): void {
  if (indices.shape.length === a.shape.length && sameShape(indices.shape.with(along, 0), a.shape.with(along, 0)))
    return;
  throw refused(op, inputs, `the indices must have the first's shape but for the length of axis ${along}`);
}
