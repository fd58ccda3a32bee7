import { broadcastShapes } from "../shape";
import { onnxTypes, type DType, type OpName, type Tensor } from "../tensor";
import { asTensor, floatUnary, operation, refused, type Operand } from "./operation";

// Two operands, broadcast by NumPy's rule.

export const add = (a: Tensor, b: Operand): Tensor => elementwise("Add", a, b);
export const sub = (a: Tensor, b: Operand): Tensor => elementwise("Sub", a, b);
export const mul = (a: Tensor, b: Operand): Tensor => elementwise("Mul", a, b);
export const div = (a: Tensor, b: Operand): Tensor => elementwise("Div", a, b);
/** a to the power of b. The derivative by b needs a > 0. */
export const pow = (a: Tensor, b: Operand): Tensor => elementwise("Pow", a, b);
/** The smaller of a and b. Where they are equal, each gets half of the gradient. */
export const min = (a: Tensor, b: Operand): Tensor => elementwise("Min", a, b);
/** The larger of a and b. Where they are equal, each gets half of the gradient. */
export const max = (a: Tensor, b: Operand): Tensor => elementwise("Max", a, b);
export const square = (a: Tensor): Tensor => mul(a, a);

// Comparisons, broadcast, as bool.

export const equal = (a: Tensor, b: Operand): Tensor => elementwise("Equal", a, b, "bool");
export const greater = (a: Tensor, b: Operand): Tensor => elementwise("Greater", a, b, "bool");
export const greaterOrEqual = (a: Tensor, b: Operand): Tensor => elementwise("GreaterOrEqual", a, b, "bool");
export const less = (a: Tensor, b: Operand): Tensor => elementwise("Less", a, b, "bool");
export const lessOrEqual = (a: Tensor, b: Operand): Tensor => elementwise("LessOrEqual", a, b, "bool");

/** Where both bool tensors hold. */
export function and(a: Tensor, b: Tensor): Tensor {
  if (a.dtype !== "bool") throw refused("And", [a, b], "both must be bool");
  return elementwise("And", a, b);
}

export function not(a: Tensor): Tensor {
  if (a.dtype !== "bool") throw refused("Not", [a], "it must be bool");
  return unary("Not", a);
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

// One operand, element by element.

export const identity = (a: Tensor): Tensor => unary("Identity", a);
export const neg = (a: Tensor): Tensor => unary("Neg", a);
/** The derivative at 0 is 0. */
export const abs = (a: Tensor): Tensor => unary("Abs", a);
/** -1, 0 or 1. */
export const sign = (a: Tensor): Tensor => unary("Sign", a);
export const reciprocal = (a: Tensor): Tensor => floatUnary("Reciprocal", a);
export const exp = (a: Tensor): Tensor => floatUnary("Exp", a);
export const log = (a: Tensor): Tensor => floatUnary("Log", a);
export const sqrt = (a: Tensor): Tensor => floatUnary("Sqrt", a);
/** The error function. onnxruntime computes it in float32 only. */
export const erf = (a: Tensor): Tensor => floatUnary("Erf", a);

/** Keeps a within [low, high]. The gradient passes where low <= a <= high, as PyTorch's clamp has it. */
export function clip(a: Tensor, low: number, high: number): Tensor {
  if (!(low <= high)) throw refused("Clip", [a], `the bounds ${low} and ${high} must be in order`);
  return operation("Clip", [a, asTensor(low, a.dtype), asTensor(high, a.dtype)], a.shape, a.dtype);
}

export function cast(a: Tensor, dtype: DType): Tensor {
  return dtype === a.dtype ? a : operation("Cast", [a], a.shape, dtype, { to: { int: onnxTypes[dtype] } });
}

function unary(op: OpName, a: Tensor): Tensor {
  return operation(op, [a], a.shape, a.dtype);
}

function elementwise(op: OpName, a: Tensor, b: Operand, dtype: DType = a.dtype): Tensor {
  const other = asTensor(b, a.dtype);
  if (a.dtype !== other.dtype) throw refused(op, [a, other], "the types must be equal; cast one");
  const shape = broadcastShapes(a.shape, other.shape);
  if (!shape) throw refused(op, [a, other], "the shapes must broadcast: equal lengths, or 1");
  return operation(op, [a, other], shape, dtype);
}
