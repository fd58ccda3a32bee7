import { AppError } from "@/lib/errors";
import { broadcastShapes, formatShape, reshapeTarget, resolveAxes, sameShape, type Dim, type Shape } from "./shape";
import {
  constant,
  describe,
  onnxTypes,
  type Attribute,
  type DType,
  type Operation,
  type OpName,
  type Tensor,
} from "./tensor";

/** Numbers become constants of the other operand's type. */
export type Operand = Tensor | number;

// Arithmetic, broadcast by NumPy's rule.

export const add = (a: Tensor, b: Operand): Tensor => elementwise("Add", a, b);
export const sub = (a: Tensor, b: Operand): Tensor => elementwise("Sub", a, b);
export const mul = (a: Tensor, b: Operand): Tensor => elementwise("Mul", a, b);
export const div = (a: Tensor, b: Operand): Tensor => elementwise("Div", a, b);
/** a to the power of b. The derivative by b needs a > 0. */
export const pow = (a: Tensor, b: Operand): Tensor => elementwise("Pow", a, b);
export const square = (a: Tensor): Tensor => mul(a, a);

/** 1 where a > b, as bool. */
export const greater = (a: Tensor, b: Operand): Tensor => elementwise("Greater", a, b, "bool");

// One operand, element by element.

export const neg = (a: Tensor): Tensor => unary("Neg", a);
export const exp = (a: Tensor): Tensor => unary("Exp", a);
export const log = (a: Tensor): Tensor => unary("Log", a);
export const sqrt = (a: Tensor): Tensor => unary("Sqrt", a);
export const sigmoid = (a: Tensor): Tensor => unary("Sigmoid", a);
/** log(1 + e^a), without overflow for large a. */
export const softplus = (a: Tensor): Tensor => unary("Softplus", a);
export const relu = (a: Tensor): Tensor => unary("Relu", a);
export const identity = (a: Tensor): Tensor => unary("Identity", a);

export function cast(a: Tensor, dtype: DType): Tensor {
  return dtype === a.dtype ? a : operation("Cast", [a], a.shape, dtype, { to: { int: onnxTypes[dtype] } });
}

/** `yes` where the condition holds, else `no`; all three broadcast together. */
export function where(condition: Tensor, yes: Tensor, no: Operand): Tensor {
  const other = asTensor(no, yes.dtype);
  const chosen = broadcastShapes(yes.shape, other.shape);
  const shape = chosen && broadcastShapes(condition.shape, chosen);
  if (condition.dtype !== "bool" || yes.dtype !== other.dtype || !shape) {
    throw refused(
      "Where",
      [condition, yes, other],
      "the first must be bool, the others of one type, and all must broadcast",
    );
  }
  return operation("Where", [condition, yes, other], shape, yes.dtype);
}

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

/** Reorders the axes: axis i of the result is axis `order[i]` of `a`. By default swaps the last two. */
export function transpose(a: Tensor, order: readonly number[] = swapLast(a.shape.length)): Tensor {
  if (order.length !== a.shape.length || !resolveAxes(order, a.shape.length) || order.some((axis) => axis < 0)) {
    throw refused("Transpose", [a], `the order ${formatShape(order)} must name each axis once`);
  }
  return operation(
    "Transpose",
    [a],
    order.map((axis) => a.shape[axis]!),
    a.dtype,
    { perm: { ints: order } },
  );
}

/** The same elements in another shape. One named length of `shape` that is not at its old axis is inferred. */
export function reshape(a: Tensor, shape: Shape): Tensor {
  const target = reshapeTarget(a.shape, shape);
  if (!target)
    throw refused("Reshape", [a], `${formatShape(shape)} must hold as many elements, with at most one length to infer`);
  return operation("Reshape", [a, constant(target, [target.length], "int64")], shape, a.dtype);
}

/** The elements of `a` in the shape that `like` has when the graph runs. */
export function reshapeLike(a: Tensor, like: Tensor): Tensor {
  return sameShape(a.shape, like.shape) ? a : operation("Reshape", [a, shapeOf(like)], like.shape, a.dtype);
}

/** Repeats `a` along the axes where it is shorter than `like`. */
export function expandLike(a: Tensor, like: Tensor): Tensor {
  if (sameShape(a.shape, like.shape)) return a;
  const shape = broadcastShapes(a.shape, like.shape);
  if (!shape || !sameShape(shape, like.shape))
    throw refused("Expand", [a, like], "the first must broadcast to the second");
  return operation("Expand", [a, shapeOf(like)], like.shape, a.dtype);
}

/** Adds axes of length 1; `axes` are positions in the result. */
export function unsqueeze(a: Tensor, axes: readonly number[]): Tensor {
  const resolved = resolveAxes(axes, a.shape.length + axes.length);
  if (!resolved) throw refused("Unsqueeze", [a], `the axes ${formatShape(axes)} must be distinct axes of the result`);
  const shape: Dim[] = [...a.shape];
  for (const axis of resolved) shape.splice(axis, 0, 1);
  return operation("Unsqueeze", [a, axesTensor(resolved)], shape, a.dtype);
}

/** Removes axes of length 1. */
export function squeeze(a: Tensor, axes: readonly number[]): Tensor {
  const resolved = resolveAxes(axes, a.shape.length);
  if (!resolved || resolved.some((axis) => a.shape[axis] !== 1)) {
    throw refused("Squeeze", [a], `the axes ${formatShape(axes)} must have length 1`);
  }
  return operation(
    "Squeeze",
    [a, axesTensor(resolved)],
    a.shape.filter((_, axis) => !resolved.includes(axis)),
    a.dtype,
  );
}

export type Reduction = { axes?: readonly number[]; keepDims?: boolean };

/** Sums over `axes`, by default over all; `keepDims` leaves them with length 1. */
export const reduceSum = (a: Tensor, options: Reduction = {}): Tensor => reduce("ReduceSum", a, options);
export const reduceMean = (a: Tensor, options: Reduction = {}): Tensor => reduce("ReduceMean", a, options);

/** The number of elements, as int64. */
export const sizeOf = (a: Tensor): Tensor => operation("Size", [a], [], "int64");

const shapeOf = (a: Tensor): Tensor => operation("Shape", [a], [a.shape.length], "int64");

function elementwise(op: OpName, a: Tensor, b: Operand, dtype: DType = a.dtype): Tensor {
  const other = asTensor(b, a.dtype);
  if (a.dtype !== other.dtype) throw refused(op, [a, other], "the types must be equal; cast one");
  const shape = broadcastShapes(a.shape, other.shape);
  if (!shape) throw refused(op, [a, other], "the shapes must broadcast: equal lengths, or 1");
  return operation(op, [a, other], shape, dtype);
}

function unary(op: OpName, a: Tensor): Tensor {
  return operation(op, [a], a.shape, a.dtype);
}

function reduce(op: OpName, a: Tensor, { axes = a.shape.map((_, axis) => axis), keepDims = false }: Reduction): Tensor {
  const resolved = resolveAxes(axes, a.shape.length);
  if (!resolved) throw refused(op, [a], `the axes ${formatShape(axes)} must be distinct axes of the tensor`);
  // ONNX reads an empty list as all axes.
  if (resolved.length === 0) return a;
  const shape = a.shape.flatMap((dim, axis): Dim[] => (!resolved.includes(axis) ? [dim] : keepDims ? [1] : []));
  return operation(op, [a, axesTensor(resolved)], shape, a.dtype, { keepdims: { int: keepDims ? 1 : 0 } });
}

function operation(
  op: OpName,
  inputs: readonly Tensor[],
  shape: Shape,
  dtype: DType,
  attributes: Record<string, Attribute> = {},
): Operation {
  return { kind: "operation", op, inputs, shape, dtype, attributes };
}

function asTensor(operand: Operand, dtype: DType): Tensor {
  return typeof operand === "number" ? constant([operand], [], dtype) : operand;
}

const axesTensor = (axes: readonly number[]): Tensor => constant(axes, [axes.length], "int64");

function swapLast(rank: number): number[] {
  const order = Array.from({ length: rank }, (_, axis) => axis);
  return rank < 2 ? order : [...order.slice(0, -2), rank - 1, rank - 2];
}

function refused(op: OpName, inputs: readonly Tensor[], expected: string): AppError {
  const given = inputs.map((tensor) => `${describe(tensor)}: ${tensor.dtype}${formatShape(tensor.shape)}`).join("; ");
  return new AppError("internal", `${op} refused its inputs (${given}): ${expected}.`);
}
