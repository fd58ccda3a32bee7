import { AppError } from "@/lib/errors";
import { confusingDim, formatShape, isPlainDim, sameShape, type Shape } from "./shape";

/** Element types. Models are float32; float64 exists so that gradients can be checked to many digits. */
export type DType = "float32" | "float64" | "int64" | "bool";

/** ONNX's numbers for the element types. */
export const onnxTypes = { float32: 1, int64: 7, bool: 9, float64: 11 } as const satisfies Record<DType, number>;

export type TensorData = Float32Array | Float64Array | BigInt64Array | Uint8Array;

/** A tensor of numbers outside of any graph: what a session takes and returns. Row-major; bool is 0 or 1. */
export type HostTensor = { dtype: DType; shape: readonly number[]; data: TensorData };

/** An attribute of an ONNX operator. */
export type Attribute = { int: number } | { ints: readonly number[] } | { float: number } | { string: string };

/** The operators of ONNX that graphs are made of, by family. */
export type OpName =
  // Arithmetic, broadcast.
  | "Add"
  | "Sub"
  | "Mul"
  | "Div"
  | "Pow"
  | "Min"
  | "Max"
  // Element by element.
  | "Neg"
  | "Abs"
  | "Sign"
  | "Reciprocal"
  | "Exp"
  | "Log"
  | "Sqrt"
  | "Erf"
  | "Clip"
  | "Cast"
  | "Identity"
  // Activations and normalisations.
  | "Sigmoid"
  | "Tanh"
  | "Softplus"
  | "Relu"
  | "Softmax"
  | "LogSoftmax"
  | "LayerNormalization"
  // Truth values.
  | "Equal"
  | "Greater"
  | "GreaterOrEqual"
  | "Less"
  | "LessOrEqual"
  | "And"
  | "Not"
  | "Where"
  // Matrices.
  | "MatMul"
  | "Gemm"
  | "Transpose"
  // The same elements in another arrangement.
  | "Reshape"
  | "Unsqueeze"
  | "Squeeze"
  | "Expand"
  | "Concat"
  | "Slice"
  | "Pad"
  // Elements by their position.
  | "Gather"
  | "GatherElements"
  | "ScatterElements"
  // Along axes.
  | "ReduceSum"
  | "ReduceMean"
  | "ReduceMax"
  | "CumSum"
  // Facts about shapes.
  | "Shape"
  | "Size";

type Typed = { readonly dtype: DType; readonly shape: Shape };

/** Fed at every run. */
export type Input = Typed & { readonly kind: "input"; readonly name: string };

/** Fed at every run while it is trained; bound to its values in an exported model. */
export type Parameter = Typed & { readonly kind: "parameter"; readonly name: string };

export type Constant = Typed & { readonly kind: "constant"; readonly data: TensorData };

/** The result of one ONNX operator. */
export type Operation = Typed & {
  readonly kind: "operation";
  readonly op: OpName;
  readonly inputs: readonly Tensor[];
  readonly attributes: Readonly<Record<string, Attribute>>;
};

/**
 * A tensor is the expression that computes it. Expressions share their parts and never change, so a graph needs no
 * object of its own: it is whatever a set of outputs reaches. What no output reaches is not part of it and costs nothing.
 */
export type Tensor = Input | Parameter | Constant | Operation;

/** Throws `internal` for a named length that sums and products of lengths could not be told from. */
export function input(name: string, shape: Shape, dtype: DType = "float32"): Input {
  const confusing = shape.find((dim) => !isPlainDim(dim));
  if (confusing !== undefined) {
    throw new AppError("internal", `Input ${name} has a length "${confusing}", which ${confusingDim}; rename it.`);
  }
  return { kind: "input", name, shape, dtype };
}

export function parameter(name: string, shape: readonly number[], dtype: DType = "float32"): Parameter {
  return { kind: "parameter", name, shape, dtype };
}

/** A tensor of fixed numbers. Throws `internal` when the numbers do not fill the shape. */
export function constant(values: Iterable<number>, shape: readonly number[], dtype: DType = "float32"): Constant {
  const data = toData(values, dtype);
  const expected = elementCount(shape);
  if (data.length !== expected) {
    throw new AppError(
      "internal",
      `A constant of shape ${formatShape(shape)} needs ${expected} numbers and was given ${data.length}.`,
    );
  }
  return { kind: "constant", data, shape, dtype };
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** A short account of a tensor for error messages: its name, or its operator with the names beneath. */
export function describe(tensor: Tensor, depth = 2): string {
  switch (tensor.kind) {
    case "input":
    case "parameter":
      return tensor.name;
    case "constant":
      return tensor.data.length === 1 ? String(tensor.data[0]) : `constant${formatShape(tensor.shape)}`;
    case "operation":
      if (depth === 0) return `${tensor.op}(…)`;
      return `${tensor.op}(${tensor.inputs.map((part) => describe(part, depth - 1)).join(", ")})`;
  }
}

/** Throws `internal` unless the host tensor is one that can stand for `tensor`. */
export function requireFits(value: HostTensor, tensor: Parameter): void {
  const fits = value.dtype === tensor.dtype && sameShape(value.shape, tensor.shape);
  if (fits && value.data.length === elementCount(value.shape)) return;
  throw new AppError(
    "internal",
    `Parameter ${tensor.name} is ${tensor.dtype}${formatShape(tensor.shape)} and was given ` +
      `${value.data.length} numbers as ${value.dtype}${formatShape(value.shape)}.`,
  );
}

function toData(values: Iterable<number>, dtype: DType): TensorData {
  switch (dtype) {
    case "float32":
      return Float32Array.from(values);
    case "float64":
      return Float64Array.from(values);
    case "int64":
      return BigInt64Array.from(Array.from(values, BigInt));
    case "bool":
      return Uint8Array.from(values);
  }
}
