import { sameShape } from "../shape";
import type { OpName, Tensor } from "../tensor";
import { asTensor, axisOf, operation, refused, type Operand } from "./operation";
import { unsqueeze } from "./shaping";

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

/** `a` with `updates` added to its rows at `indices`, repeated ones too: what `gather` along axis 0 undoes. */
export function scatterAdd(a: Tensor, indices: Tensor, updates: Tensor): Tensor {
  indexed("ScatterND", a, indices, 0);
  const inputs = [a, unsqueeze(indices, [-1]), updates];
  if (!sameShape(updates.shape, [...indices.shape, ...a.shape.slice(1)]) || updates.dtype !== a.dtype) {
    throw refused("ScatterND", inputs, "there must be one row of the first for each index");
  }
  return operation("ScatterND", inputs, a.shape, a.dtype, { reduction: { string: "add" } });
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
