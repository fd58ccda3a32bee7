import type { ModelAttribute } from "./read-model";
import { addDims, broadcastShapes, multiplyDims, resolveAxes, type Dim } from "./shape";
import { constant, elementCount, type HostTensor } from "./tensor";

/**
 * Whole numbers and truth values (0 or 1) that are known before the graph runs, among them named lengths. Exporters compute
 * shapes and positions with operators; where everything they start from is known, so is the result, and no operator is left.
 */
export type Known = { kind: "known"; dtype: "int64" | "bool"; shape: readonly number[]; values: readonly Dim[] };

export const known = (
  values: readonly Dim[],
  shape: readonly number[] = [values.length],
  dtype: Known["dtype"] = "int64",
): Known => ({ kind: "known", dtype, shape, values });

export const knownOf = ({ dtype, shape, data }: HostTensor): Known =>
  known(Array.from(data, Number), shape, dtype === "bool" ? "bool" : "int64");

/** As a constant; null while a named length is among the numbers. */
export function constantOfKnown({ values, shape, dtype }: Known) {
  const numbers = values.filter((value) => typeof value === "number");
  return numbers.length === values.length ? constant(numbers, shape, dtype) : null;
}

type Attributes = Readonly<Record<string, ModelAttribute>>;

/** Applies an ONNX operator to what is known; null for an operator, or for named lengths, of which the result is not. */
export function applyKnown(op: string, inputs: readonly Known[], attributes: Attributes): Known | null {
  const [a] = inputs;
  const combine = pointwise[op];
  if (combine) return elementwise(inputs, combine.of, combine.dtype);
  if (!a) return null;
  const axis = resolveAxes([attributes["axis"]?.int ?? 0], Math.max(1, a.shape.length))?.[0] ?? 0;
  switch (op) {
    case "Identity":
      return a;
    case "Cast":
      return castKnown(a, attributes["to"]?.int);
    case "Shape":
      return known(a.shape.slice(attributes["start"]?.int ?? 0, attributes["end"]?.int));
    case "Unsqueeze":
    case "Squeeze":
    case "Reshape":
      return reshaped(op, a, inputs[1] ?? known(attributes["axes"]?.ints ?? []));
    case "Concat":
      return concatenated(inputs, axis);
    case "Gather":
      return gathered(a, inputs[1]!, axis);
    case "GatherElements":
      return rearranged(a, inputs[1]!.shape, (index) => index.with(axis, at(inputs[1]!, index, a.shape[axis]!)));
    case "Slice":
      return sliced(inputs);
    case "Expand": {
      const target = numbersOf(inputs[1]!);
      const shape = target && (broadcastShapes(a.shape, target) as number[] | null);
      return shape && rearranged(a, shape, (index) => narrowed(index, a.shape));
    }
    case "ConstantOfShape": {
      const shape = numbersOf(a);
      const value = attributes["value"]?.tensor;
      if (!shape || (value && value.dtype !== "int64" && value.dtype !== "bool")) return null;
      const fill = value ? Number(value.data[0]) : 0;
      return value ? known(Array<number>(elementCount(shape)).fill(fill), shape, value.dtype as Known["dtype"]) : null;
    }
    case "Range": {
      const bounds = numbersOf(known(inputs.map(({ values }) => values[0]!)));
      if (!bounds) return null;
      const [start, limit, delta] = bounds as [number, number, number];
      return known(
        Array.from({ length: Math.max(0, Math.ceil((limit - start) / delta)) }, (_, i) => start + i * delta),
      );
    }
    default:
      return null;
  }
}

/** The numbers, or null where a named length is among them. */
export function numbersOf({ values }: Known): number[] | null {
  const numbers = values.filter((value) => typeof value === "number");
  return numbers.length === values.length ? numbers : null;
}

type Pointwise = { of: (...values: Dim[]) => Dim | null; dtype?: Known["dtype"] };

const onNumbers =
  (of: (a: number, b: number) => number): Pointwise["of"] =>
  (a, b) =>
    typeof a === "number" && typeof b === "number" ? of(a, b) : null;

const comparing = (of: (a: number, b: number) => boolean): Pointwise => ({
  of: onNumbers((a, b) => Number(of(a, b))),
  dtype: "bool",
});

const pointwise: Record<string, Pointwise> = {
  Add: { of: (a, b) => addDims(a!, b!) },
  Sub: { of: (a, b) => (typeof b === "number" ? addDims(a!, -b) : a === b ? 0 : null) },
  Mul: { of: (a, b) => multiplyDims(a!, b!) },
  Div: { of: (a, b) => (b === 1 ? a! : onNumbers((x, y) => Math.trunc(x / y))(a!, b!)) },
  Min: { of: onNumbers(Math.min) },
  Max: { of: onNumbers(Math.max) },
  // A length is not negative, whatever it is.
  Equal: {
    of: (a, b) => (a === b ? 1 : isNegative(a!) || isNegative(b!) ? 0 : onNumbers(() => 0)(a!, b!)),
    dtype: "bool",
  },
  Greater: comparing((a, b) => a > b),
  GreaterOrEqual: comparing((a, b) => a >= b),
  Less: comparing((a, b) => a < b),
  LessOrEqual: comparing((a, b) => a <= b),
  And: { of: onNumbers((a, b) => a & b), dtype: "bool" },
  Or: { of: onNumbers((a, b) => a | b), dtype: "bool" },
  Not: { of: (a) => (typeof a === "number" ? 1 - a : null), dtype: "bool" },
  Where: { of: (condition, yes, no) => (typeof condition === "number" ? (condition ? yes! : no!) : null) },
};

const isNegative = (dim: Dim): boolean => typeof dim === "number" && dim < 0;

function elementwise(inputs: readonly Known[], of: Pointwise["of"], dtype?: Known["dtype"]): Known | null {
  const shape = inputs.reduce<readonly Dim[] | null>((wide, each) => wide && broadcastShapes(wide, each.shape), []);
  if (!shape) return null;
  const lengths = shape as number[];
  const values: Dim[] = [];
  for (let place = 0; place < elementCount(lengths); place++) {
    const index = indexOf(place, lengths);
    const value = of(...inputs.map((each) => each.values[placeOf(narrowed(index, each.shape), each.shape)]!));
    if (value === null) return null;
    values.push(value);
  }
  return known(values, lengths, dtype ?? inputs.at(-1)!.dtype);
}

/** ONNX's numbers of int32, int64 and bool. */
function castKnown(a: Known, to: number | undefined): Known | null {
  if (to === 6 || to === 7) return known(a.values, a.shape);
  const numbers = to === 9 ? numbersOf(a) : null;
  return (
    numbers &&
    known(
      numbers.map((value) => Number(value !== 0)),
      a.shape,
      "bool",
    )
  );
}

function reshaped(op: "Unsqueeze" | "Squeeze" | "Reshape", a: Known, target: Known): Known | null {
  const list = numbersOf(target);
  if (!list) return null;
  if (op === "Reshape") {
    const lengths = list.map((length, axis) => (length === 0 ? a.shape[axis]! : length));
    const rest = lengths.filter((length) => length !== -1).reduce((product, length) => product * length, 1);
    return known(
      a.values,
      lengths.map((length) => (length === -1 ? a.values.length / rest : length)),
      a.dtype,
    );
  }
  if (op === "Squeeze") {
    const axes =
      list.length > 0 ? resolveAxes(list, a.shape.length)! : a.shape.flatMap((length, i) => (length === 1 ? [i] : []));
    return known(
      a.values,
      a.shape.filter((_, axis) => !axes.includes(axis)),
      a.dtype,
    );
  }
  const shape = [...a.shape];
  for (const axis of resolveAxes(list, a.shape.length + list.length)!) shape.splice(axis, 0, 1);
  return known(a.values, shape, a.dtype);
}

function concatenated(parts: readonly Known[], axis: number): Known {
  const length = parts.reduce((sum, { shape }) => sum + shape[axis]!, 0);
  const shape = parts[0]!.shape.with(axis, length);
  const values = Array.from({ length: elementCount(shape) }, (_, place) => {
    const index = indexOf(place, shape);
    let along = index[axis]!;
    const part = parts.find(({ shape: own }) => along < own[axis]! || ((along -= own[axis]!), false))!;
    return part.values[placeOf(index.with(axis, along), part.shape)]!;
  });
  return known(values, shape, parts[0]!.dtype);
}

function gathered(a: Known, indices: Known, axis: number): Known | null {
  const shape = [...a.shape.slice(0, axis), ...indices.shape, ...a.shape.slice(axis + 1)];
  return rearranged(a, shape, (index) => {
    const chosen = at(indices, index.slice(axis, axis + indices.shape.length), a.shape[axis]!);
    return [...index.slice(0, axis), chosen, ...index.slice(axis + indices.shape.length)];
  });
}

function sliced([a, ...rest]: readonly Known[]): Known | null {
  const [starts, ends, axes, steps] = rest.map(numbersOf);
  if (!a || !starts || !ends || axes === null || steps === null) return null;
  const along = resolveAxesInOrder(axes ?? starts.map((_, i) => i), a.shape.length);
  const from = a.shape.map(() => 0);
  const shape = [...a.shape];
  if (steps?.some((step) => step !== 1)) return null;
  along.forEach((axis, i) => {
    const length = a.shape[axis]!;
    const bound = (value: number): number => Math.min(length, Math.max(0, value < 0 ? value + length : value));
    from[axis] = bound(starts[i]!);
    shape[axis] = Math.max(0, bound(ends[i]!) - from[axis]);
  });
  return rearranged(a, shape, (index) => index.map((each, axis) => each + from[axis]!));
}

const resolveAxesInOrder = (axes: readonly number[], rank: number): number[] =>
  axes.map((axis) => (axis < 0 ? axis + rank : axis));

/** The values of `a` in another shape, each from the index that `from` says. */
function rearranged(a: Known, shape: readonly number[], from: (index: number[]) => number[]): Known | null {
  const values = Array.from({ length: elementCount(shape) }, (_, place) => {
    return a.values[placeOf(from(indexOf(place, shape)), a.shape)];
  });
  return values.every((value) => value !== undefined) ? known(values, shape, a.dtype) : null;
}

/** An index that is a value itself; negative ones count from the end, and named ones are nowhere. */
function at(indices: Known, index: readonly number[], length: number): number {
  const value = indices.values[placeOf(index, indices.shape)]!;
  return typeof value === "string" ? NaN : value < 0 ? value + length : value;
}

/** The index in a tensor that was stretched to reach `index`. */
function narrowed(index: readonly number[], shape: readonly number[]): number[] {
  const offset = index.length - shape.length;
  return shape.map((length, axis) => (length === 1 ? 0 : index[axis + offset]!));
}

function indexOf(place: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = place % shape[axis]!;
    place = Math.floor(place / shape[axis]!);
  }
  return index;
}

const placeOf = (index: readonly number[], shape: readonly number[]): number =>
  index.reduce((place, each, axis) => place * shape[axis]! + each, 0);
