import { AppError } from "@/lib/errors";
import { numbersOf, known, type Known } from "./known";
import * as ops from "./ops";
import { operation } from "./ops/operation";
import { dtypeOf, type ModelAttribute } from "./read-model";
import { multiplyDims, resolveAxes, reshapeTarget, type Dim, type Shape } from "./shape";
import { constant, type Tensor } from "./tensor";

/** What a name of the file stands for. */
export type Value = Tensor | Known;

export type ImportContext = {
  /** Version of ONNX's operators that the file is written in. */
  opset: number;
  lift: (value: Value) => Tensor;
};

/** With the number of the node's outputs. */
type NodeContext = ImportContext & { outputCount: number };

type Attributes = Readonly<Record<string, ModelAttribute>>;
type Given = readonly (Value | undefined)[];
type Build = (given: Given, attributes: Attributes, context: NodeContext) => Value | Value[];

/** An operator that is the same here as in the file. */
const same =
  (build: (...tensors: Tensor[]) => Tensor): Build =>
  (given, _attributes, { lift }) =>
    build(...given.map((value) => lift(value!)));

const intOr = (attributes: Attributes, name: string, otherwise: number): number => attributes[name]?.int ?? otherwise;

/** Chained over as many tensors as there are, as ONNX's Min and Max are. */
const chained = (build: (a: Tensor, b: Tensor) => Tensor): Build =>
  same((...tensors) => tensors.reduce((sum, each) => build(sum, each)));

const reduction =
  (build: (a: Tensor, options: ops.Reduction) => Tensor): Build =>
  ([a, axes], attributes, { lift }) => {
    const given = axes ? fixed(axes) : attributes["axes"]?.ints;
    return build(lift(a!), { ...(given && { axes: given }), keepDims: intOr(attributes, "keepdims", 1) === 1 });
  };

/** Before operator set 13, the axis was 1 unless said, and all axes from it on were taken as one. */
const normalising =
  (build: (a: Tensor, axis: number) => Tensor): Build =>
  ([a], attributes, { lift, opset }) => {
    const tensor = lift(a!);
    const axis = intOr(attributes, "axis", opset < 13 ? 1 : -1);
    const [along] = resolveAxes([axis], tensor.shape.length) ?? [];
    if (opset < 13 && along !== tensor.shape.length - 1) {
      throw new AppError(
        "invalid",
        `in operator set ${opset} it normalises over all axes from ${axis} on, and graphs over one; export with 13 or later`,
      );
    }
    return build(tensor, axis);
  };

/** How each operator of a file is built. Those that only compute shapes and positions are in known.ts. */
export const importOperators: Record<string, Build> = {
  Add: same((a, b) => ops.add(a!, b!)),
  Sub: same((a, b) => ops.sub(a!, b!)),
  Mul: same((a, b) => ops.mul(a!, b!)),
  Div: same((a, b) => ops.div(a!, b!)),
  Pow: same((a, b) => ops.pow(a!, ops.cast(b!, a!.dtype))),
  Min: chained(ops.min),
  Max: chained(ops.max),
  Equal: same((a, b) => ops.equal(a!, b!)),
  Greater: same((a, b) => ops.greater(a!, b!)),
  GreaterOrEqual: same((a, b) => ops.greaterOrEqual(a!, b!)),
  Less: same((a, b) => ops.less(a!, b!)),
  LessOrEqual: same((a, b) => ops.lessOrEqual(a!, b!)),
  And: same((a, b) => ops.and(a!, b!)),
  Not: same((a) => ops.not(a!)),
  // The only number that is not itself.
  IsNaN: same((a) => ops.not(ops.equal(a!, a!))),
  Where: same((condition, yes, no) => ops.where(condition!, yes!, no!)),
  Identity: ([a]) => a!,
  // What trains without dropout is what is served.
  Dropout: ([a]) => a!,
  Neg: same((a) => ops.neg(a!)),
  Abs: same((a) => ops.abs(a!)),
  Reciprocal: same((a) => ops.reciprocal(a!)),
  Exp: same((a) => ops.exp(a!)),
  Log: same((a) => ops.log(a!)),
  Sqrt: same((a) => ops.sqrt(a!)),
  Erf: same((a) => ops.erf(a!)),
  Sigmoid: same((a) => ops.sigmoid(a!)),
  Tanh: same((a) => ops.tanh(a!)),
  Relu: same((a) => ops.relu(a!)),
  Softplus: same((a) => ops.softplus(a!)),
  Gelu: ([a], { approximate }, { lift }) => (approximate?.string === "tanh" ? ops.geluTanh : ops.gelu)(lift(a!)),
  Softmax: normalising(ops.softmax),
  LogSoftmax: normalising(ops.logSoftmax),
  LayerNormalization: ([a, scale, bias], attributes, { lift }) => {
    const weight = lift(scale!);
    const shift = bias ? lift(bias) : ops.zerosLike(weight);
    const options = { axis: intOr(attributes, "axis", -1), epsilon: attributes["epsilon"]?.float ?? 1e-5 };
    return ops.layerNormalization(lift(a!), weight, shift, options);
  },
  Cast: ([a], attributes, { lift }) => {
    const dtype = dtypeOf(intOr(attributes, "to", 0));
    if (!dtype) throw new AppError("invalid", `graphs have no ONNX element type ${attributes["to"]?.int}`);
    return ops.cast(lift(a!), dtype);
  },
  // Before operator set 11, the bounds were attributes.
  Clip: ([a, low, high], { min, max }, { lift }) =>
    ops.clip(
      lift(a!),
      low ? numberOf(low) : (min?.float ?? -Infinity),
      high ? numberOf(high) : (max?.float ?? Infinity),
    ),
  MatMul: same((a, b) => ops.matMul(a!, b!)),
  Gemm: ([a, b, c], attributes, { lift }) =>
    ops.gemm(lift(a!), lift(b!), c && lift(c), {
      alpha: attributes["alpha"]?.float ?? 1,
      beta: attributes["beta"]?.float ?? 1,
      transA: intOr(attributes, "transA", 0) === 1,
      transB: intOr(attributes, "transB", 0) === 1,
    }),
  Transpose: ([a], { perm }, { lift }) => {
    const tensor = lift(a!);
    return ops.transpose(tensor, perm?.ints ?? tensor.shape.map((_, axis) => axis).reverse());
  },
  Shape: ([a], attributes) => {
    const shape = (a as Tensor).shape;
    return known(shape.slice(attributes["start"]?.int ?? 0, attributes["end"]?.int));
  },
  Reshape: ([a, target], _attributes, { lift }) => reshaped(lift(a!), knownOnly(target), lift),
  Flatten: ([a], attributes, { lift }) => {
    const tensor = lift(a!);
    const axis = intOr(attributes, "axis", 1);
    return ops.reshape(tensor, [
      multiplyDims(...tensor.shape.slice(0, axis)),
      multiplyDims(...tensor.shape.slice(axis)),
    ]);
  },
  Unsqueeze: ([a, axes], attributes, { lift }) => ops.unsqueeze(lift(a!), axesOf(axes, attributes)),
  Squeeze: ([a, axes], attributes, { lift }) => {
    const tensor = lift(a!);
    const given = axesOf(axes, attributes);
    return ops.squeeze(
      tensor,
      given.length > 0 ? given : tensor.shape.flatMap((dim, axis) => (dim === 1 ? [axis] : [])),
    );
  },
  Expand: ([a, target], _attributes, { lift }) => expanded(lift(a!), knownOnly(target), lift),
  Concat: (given, attributes, { lift }) =>
    ops.concat(
      given.map((value) => lift(value!)),
      intOr(attributes, "axis", 0),
    ),
  Split: ([a, lengths], attributes, { lift, outputCount }) => {
    const tensor = lift(a!);
    const axis = intOr(attributes, "axis", 0);
    const given = lengths ? fixed(lengths) : attributes["split"]?.ints;
    return ops.split(tensor, axis, given ?? equalParts(tensor.shape.at(axis), outputCount));
  },
  Slice: ([a, starts, ends, axes, steps], _attributes, { lift }) => {
    if (steps && fixed(steps).some((step) => step !== 1)) throw new AppError("invalid", "graphs slice in steps of 1");
    const [from, to] = [fixed(starts!), fixed(ends!)];
    const along = axes ? fixed(axes) : from.map((_, i) => i);
    return along.reduce((tensor, axis, i) => {
      const length = tensor.shape.at(axis)!;
      const reaches = typeof length === "number" ? to[i]! >= length : to[i]! >= 2 ** 31 - 1;
      return ops.slice(tensor, axis, from[i]!, reaches ? undefined : to[i]!);
    }, lift(a!));
  },
  Gather: ([a, indices], attributes, { lift }) => ops.gather(lift(a!), lift(indices!), intOr(attributes, "axis", 0)),
  GatherElements: ([a, indices], attributes, { lift }) =>
    ops.gatherElements(lift(a!), lift(indices!), intOr(attributes, "axis", 0)),
  GatherND: ([a, indices], attributes, { lift }) => gatheredNd(lift(a!), indices!, intOr(attributes, "batch_dims", 0)),
  ReduceSum: reduction(ops.reduceSum),
  ReduceMean: reduction(ops.reduceMean),
  ReduceMax: reduction(ops.reduceMax),
  CumSum: ([a, axis], attributes, { lift }) =>
    ops.cumSum(lift(a!), fixed(axis!)[0]!, {
      reverse: intOr(attributes, "reverse", 0) === 1,
      exclusive: intOr(attributes, "exclusive", 0) === 1,
    }),
};

/** Numbers that must be known and fixed. */
function fixed(value: Value): number[] {
  const numbers = value.kind === "known" ? numbersOf(value) : null;
  if (numbers) return numbers;
  const names = value.kind === "known" ? value.values.filter((each) => typeof each === "string") : [];
  throw new AppError(
    "invalid",
    names.length > 0 ? `fix the length ${names.join(", ")}` : "its positions must be known before the run",
  );
}

/** The lengths of so many equal parts, of which the last may be shorter. */
function equalParts(whole: Dim | undefined, count: number): number[] {
  if (typeof whole !== "number") throw new AppError("invalid", `fix the length ${whole}`);
  const each = Math.ceil(whole / count);
  return Array.from({ length: count }, (_, i) => Math.min(each, whole - i * each));
}

const axesOf = (axes: Value | undefined, attributes: Attributes): number[] =>
  axes ? fixed(axes) : (attributes["axes"]?.ints ?? []);

/** A single number, such as a bound. */
function numberOf(value: Value): number {
  if (value.kind === "constant") return Number(value.data[0]);
  return fixed(value)[0]!;
}

function knownOnly(value: Value | undefined): Known {
  if (value?.kind === "known") return value;
  throw new AppError("invalid", "its shape must be known before the run");
}

function reshaped(a: Tensor, target: Known, lift: ImportContext["lift"]): Tensor {
  const wanted = target.values.map((dim, axis) => (dim === 0 ? a.shape[axis]! : dim));
  const shape = wanted.map((dim) => (dim === -1 ? inferred(a.shape, wanted) : dim));
  if (reshapeTarget(a.shape, shape)) return ops.reshape(a, shape);
  return operation("Reshape", [a, lift(known(wanted))], shape, a.dtype);
}

/** The one length that is left to infer: what is in `from` and not in the other lengths of `to`. */
function inferred(from: Shape, to: readonly Dim[]): Dim {
  const rest = [...from];
  for (const dim of to) if (typeof dim === "string" && rest.includes(dim)) rest.splice(rest.indexOf(dim), 1);
  const known = to
    .filter((dim) => typeof dim === "number" && dim !== -1)
    .reduce<number>((sum, dim) => sum * Number(dim), 1);
  const numbers = rest.filter((dim) => typeof dim === "number").reduce((product, dim) => product * dim, 1);
  return multiplyDims(numbers / known, ...rest.filter((dim) => typeof dim === "string"));
}

function expanded(a: Tensor, target: Known, lift: ImportContext["lift"]): Tensor {
  const offset = target.values.length - a.shape.length;
  const shape = [...Array<Dim>(Math.max(0, offset)).fill(1), ...a.shape].map((dim, axis) => {
    const wanted = target.values[axis + Math.min(0, offset) * -1] ?? 1;
    return dim === 1 ? wanted : dim;
  });
  const isFixed = shape.every((dim, axis) => typeof dim === "number" || dim === a.shape[axis - offset]);
  return isFixed ? ops.expand(a, shape) : operation("Expand", [a, lift(target)], shape, a.dtype);
}

/** GatherND at known places of all its axes: a gather from the flat tensor. */
function gatheredNd(a: Tensor, indices: Value, batchDims: number): Tensor {
  const places = indices.kind === "known" ? numbersOf(indices) : null;
  const depth = indices.shape.at(-1);
  const lengths = a.shape.filter((dim) => typeof dim === "number");
  if (!places || batchDims !== 0 || depth !== a.shape.length || lengths.length !== a.shape.length) {
    throw new AppError("invalid", "it gathers at places that are not known; fix the named lengths");
  }
  const flat = Array.from({ length: places.length / lengths.length }, (_, i) =>
    lengths.reduce((place, length, axis) => place * length + places[i * lengths.length + axis]!, 0),
  );
  const shape = indices.shape.slice(0, -1) as number[];
  return ops.gather(ops.reshape(a, [multiplyDims(...lengths)]), constant(flat, shape, "int64"));
}
