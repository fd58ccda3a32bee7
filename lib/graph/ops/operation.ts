import { AppError } from "@/lib/errors";
import { formatShape, resolveAxes, type Shape } from "../shape";
import { constant, describe, type Attribute, type DType, type Operation, type OpName, type Tensor } from "../tensor";

/** Numbers become constants of the other operand's type. */
export type Operand = Tensor | number;

export function operation(
  op: OpName,
  inputs: readonly Tensor[],
  shape: Shape,
  dtype: DType,
  attributes: Record<string, Attribute> = {},
): Operation {
  return { kind: "operation", op, inputs, shape, dtype, attributes };
}

export function asTensor(operand: Operand, dtype: DType): Tensor {
  return typeof operand === "number" ? constant([operand], [], dtype) : operand;
}

/** An operator of one floating-point operand, element by element. */
export function floatUnary(op: OpName, a: Tensor): Tensor {
  requireFloat(op, a);
  return operation(op, [a], a.shape, a.dtype);
}

export function requireFloat(op: OpName, a: Tensor): void {
  if (!isFloat(a)) throw refused(op, [a], "it must be float32 or float64; cast it");
}

/** An axis of the first input, counted from the front. */
export function axisOf(op: OpName, inputs: readonly Tensor[], axis: number): number {
  const rank = inputs[0]!.shape.length;
  const [resolved] = resolveAxes([axis], rank) ?? [];
  if (resolved === undefined) throw refused(op, inputs, `${axis} must be an axis of the first, which has ${rank}`);
  return resolved;
}

/** A list of axes, lengths or positions as ONNX takes them. */
export const integers = (values: readonly number[]): Tensor => constant(values, [values.length], "int64");

export const isFloat = ({ dtype }: Tensor): boolean => dtype === "float32" || dtype === "float64";

/** The error of an operator that cannot take its inputs: it names the operator, them with their shapes, and what it expected. */
export function refused(op: OpName, inputs: readonly Tensor[], expected: string): AppError {
  const given = inputs.map((tensor) => `${describe(tensor)}: ${tensor.dtype}${formatShape(tensor.shape)}`).join("; ");
  return new AppError("internal", `${op} refused its inputs (${given}): ${expected}.`);
}
