import { AppError } from "@/lib/errors";
import { importOperators, type ImportContext, type Value } from "./import-operators";
import { applyKnown, constantOfKnown, known, knownOf } from "./known";
import { concat, lengthOf, reshape } from "./ops";
import { dtypeOf, readModel, type ModelNode } from "./read-model";
import { confusingDim, isPlainDim, type Dim } from "./shape";
import { constant, input, parameter, type HostTensor, type Input, type Parameter, type Tensor } from "./tensor";

/** An .onnx file as expressions: its inputs, its weights as parameters with their values, and its outputs. */
export type ImportedModel = {
  inputs: Record<string, Input>;
  parameters: Parameter[];
  values: Record<string, HostTensor>;
  outputs: Record<string, Tensor>;
};

/** From here on operators broadcast by NumPy's rule; onnxruntime vouches for no older ones either. */
const oldestOpset = 7;

/** Weights of fewer numbers are settings, such as an exponent or a scale, and become constants. */
const fewestWeights = 2;

/**
 * Imports the bytes of an .onnx file, so that it can be differentiated, extended and exported again. Float tensors of the
 * file become parameters under their own names. What the file computes about shapes and positions is computed here.
 * `lengths` fixes named lengths, which files need that make positions or masks of them.
 *
 * Throws `invalid` for an operator that graphs do not have, or that meant something else in the file's operator set, by its
 * name and node.
 */
export function importModel(bytes: Uint8Array, lengths: Readonly<Record<string, number>> = {}): ImportedModel {
  const model = readModel(bytes);
  if (model.opset < oldestOpset) {
    const advice = `export the model with ${oldestOpset} or later`;
    throw new AppError("invalid", `The file is written in ONNX's operator set ${model.opset}; ${advice}.`);
  }
  const values: Record<string, HostTensor> = {};
  const found = new Map<string, Value>();
  const inputs: Record<string, Input> = {};
  for (const { name, type, shape } of model.inputs) {
    if (model.initializers.has(name)) continue;
    const dtype = dtypeOf(type);
    if (!dtype)
      throw new AppError(
        "invalid",
        `The file's input "${name}" has ONNX's element type ${type}, which graphs do not have.`,
      );
    const known = shape.map((dim) => lengths[dim] ?? dim);
    const confusing = known.find((dim) => !isPlainDim(dim));
    if (confusing !== undefined) {
      const advice = `${confusingDim}; fix the length "${confusing}"`;
      throw new AppError("invalid", `The file's input "${name}" has a length "${confusing}", which ${advice}.`);
    }
    inputs[name] = input(name, known, dtype);
    found.set(name, inputs[name]);
  }
  const parameters: Parameter[] = [];
  for (const [name, tensor] of model.initializers) {
    const value = weightOf(name, tensor);
    if (value.kind === "parameter") {
      parameters.push(value);
      values[name] = tensor;
    }
    found.set(name, value);
  }
  const context: ImportContext = { lift: (value) => lift(value, Object.values(inputs)), opset: model.opset };
  for (const node of model.nodes) {
    importNode(node, found, context).forEach((value, i) => {
      const name = node.outputs[i];
      if (name && value) found.set(name, value);
    });
  }
  const outputs = model.outputs.map(({ name }) => {
    const value = found.get(name);
    if (!value) throw new AppError("invalid", `The file's output "${name}" is given by none of its operators.`);
    return [name, context.lift(value)];
  });
  return { inputs, parameters, values, outputs: Object.fromEntries(outputs) };
}

function importNode(node: ModelNode, found: ReadonlyMap<string, Value>, context: ImportContext): (Value | undefined)[] {
  const given = node.inputs.map((name) => {
    const value = name === "" ? undefined : found.get(name);
    if (name !== "" && !value)
      throw new AppError("invalid", `${label(node)} takes "${name}", which nothing before it gives.`);
    return value;
  });
  if (node.op === "Constant") return [constantOf(node)];
  if (given.every((value) => value?.kind === "known")) {
    const folded = applyKnown(node.op, given, node.attributes);
    if (folded) return [folded];
  }
  const build = importOperators[node.op];
  if (!build)
    throw new AppError(
      "invalid",
      `${label(node)} is an operator that graphs do not have; export the model without it.`,
    );
  try {
    return [build(given, node.attributes, { ...context, outputCount: node.outputs.length })].flat();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("invalid", `${label(node)} cannot be imported: ${reason}`, { cause });
  }
}

function constantOf(node: ModelNode): Value {
  const { value, value_int: int, value_ints: ints, value_float: float } = node.attributes;
  if (value?.tensor) return settingOf(value.tensor);
  if (int?.int !== undefined) return known([int.int], []);
  if (ints?.ints) return known(ints.ints);
  if (float?.float !== undefined) return constant([float.float], []);
  throw new AppError("invalid", `${label(node)} holds a kind of value that graphs do not have.`);
}

function weightOf(name: string, tensor: HostTensor): Value | Parameter {
  const isFloat = tensor.dtype === "float32" || tensor.dtype === "float64";
  return isFloat && tensor.data.length >= fewestWeights
    ? parameter(name, tensor.shape, tensor.dtype)
    : settingOf(tensor);
}

function settingOf(tensor: HostTensor): Value {
  if (tensor.dtype === "int64" || tensor.dtype === "bool") return knownOf(tensor);
  return constant(Array.from(tensor.data, Number), tensor.shape, tensor.dtype);
}

/** A value as a tensor of the graph. Named lengths are asked of an input that has them. */
function lift(value: Value, inputs: readonly Input[]): Tensor {
  if (value.kind !== "known") return value;
  const fixed = constantOfKnown(value);
  if (fixed) return fixed;
  const parts = value.values.map((dim) =>
    typeof dim === "number" ? constant([dim], [1], "int64") : lengthFrom(dim, inputs),
  );
  return reshape(concat(parts, 0), value.shape);
}

function lengthFrom(dim: Dim, inputs: readonly Input[]): Tensor {
  const source = inputs.find(({ shape }) => shape.includes(dim));
  if (source) return lengthOf(source, source.shape.indexOf(dim));
  throw new AppError("invalid", `the length ${dim} is no input's; fix the named lengths it is made of`);
}

const label = ({ op, name }: ModelNode): string => `${op}${name && ` (node "${name}")`}`;
