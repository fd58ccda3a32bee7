import fc from "fast-check";
import type { Checked } from "../gradient-check";
import * as ops from "../ops";
import type { Shape } from "../shape";
import { constant, elementCount, type HostTensor, type OpName, type Tensor } from "../tensor";

// Random uses of every operator, each at a point where it is differentiable. For tests.

type Build = Checked["build"];
type Lengths = readonly number[];
type Range = { from: number; to: number; kinks?: readonly number[] };

const anywhere: Range = { from: -2, to: 2 };
const positive: Range = { from: 0.3, to: 2 };

export const length = fc.integer({ min: 1, max: 3 });
export const axisOf = (lengths: Lengths): fc.Arbitrary<number> =>
  fc.integer({ min: -lengths.length, max: lengths.length - 1 });

export function lengths(minRank: number, maxRank: number): fc.Arbitrary<number[]> {
  return fc.array(length, { minLength: minRank, maxLength: maxRank });
}

/**
 * Numbers for several tensors, no two of them close: the range is cut into as many cells as there are numbers, and each
 * number lies in the middle half of its own. So no difference crosses a tie. `kinks` are kept clear of by 0.05.
 */
export function floats(
  shapes: readonly Lengths[],
  { from, to, kinks = [] }: Range = anywhere,
): fc.Arbitrary<HostTensor[]> {
  const count = shapes.reduce((sum, shape) => sum + elementCount(shape), 0);
  const all = { minLength: count, maxLength: count };
  const cells = fc.shuffledSubarray(
    Array.from({ length: count }, (_, i) => i),
    all,
  );
  const places = fc.array(fc.double({ min: 0.25, max: 0.75, noNaN: true }), all);
  return fc.tuple(cells, places).map(([cell, place]) => {
    const values = cell.map((i, j) => from + ((to - from) * (i + place[j]!)) / count);
    const clear = values.map((value) => {
      const kink = kinks.find((each) => Math.abs(value - each) < 0.05);
      return kink === undefined ? value : value + (value < kink ? -0.05 : 0.05);
    });
    let start = 0;
    return shapes.map((shape) => double(clear.slice(start, (start += elementCount(shape))), shape));
  });
}

/** Shapes that broadcast together: one shape, of which each operand lacks some leading axes and has some at length 1. */
function broadcastable(count: number, maxRank = 3): fc.Arbitrary<{ whole: Lengths; parts: number[][] }> {
  return lengths(0, maxRank).chain((whole) => {
    const part = fc
      .tuple(fc.nat(whole.length), fc.array(fc.boolean(), { minLength: whole.length, maxLength: whole.length }))
      .map(([missing, single]) => whole.map((each, axis) => (single[axis] ? 1 : each)).slice(missing));
    return fc.tuple(...Array.from({ length: count }, () => part)).map((parts) => ({ whole, parts }));
  });
}

/** Lengths above 1 by names, the same at the same distance from the last axis, as broadcasting aligns them. */
function named(shape: Lengths): Shape {
  return shape.map((each, axis) => (each === 1 ? 1 : `d${shape.length - axis}`));
}

const double = (values: readonly number[], shape: Lengths): HostTensor => ({
  dtype: "float64",
  shape,
  data: Float64Array.from(values),
});

/** The same use in float32. */
export function inFloat32({ at, ...checked }: Checked): Checked {
  const narrow = (tensor: HostTensor): HostTensor =>
    tensor.dtype === "float64" ? { ...tensor, dtype: "float32", data: Float32Array.from(tensor.data, Number) } : tensor;
  return { ...checked, at: at.map(narrow) };
}

function positions(shape: Lengths, below: number): fc.Arbitrary<HostTensor> {
  const count = elementCount(shape);
  return fc
    .array(fc.nat(below - 1), { minLength: count, maxLength: count })
    .map((values) => ({ dtype: "int64", shape, data: BigInt64Array.from(values, BigInt) }));
}

export function truths(shape: Lengths): fc.Arbitrary<HostTensor> {
  const count = elementCount(shape);
  return fc
    .array(fc.nat(1), { minLength: count, maxLength: count })
    .map((values) => ({ dtype: "bool", shape, data: Uint8Array.from(values) }));
}

/** An operator of two operands that broadcast, half of the time with named lengths. */
function binary(build: Build, range?: Range): fc.Arbitrary<Checked> {
  return broadcastable(2).chain(({ parts }) =>
    fc.tuple(floats(parts, range), fc.boolean()).map(([at, isNamed]) => ({
      build,
      at,
      ...(isNamed && { shapes: parts.map(named) }),
    })),
  );
}

export function unary(build: Build, range?: Range): fc.Arbitrary<Checked> {
  return lengths(0, 3).chain((shape) => floats([shape], range).map((at) => ({ build, at, shapes: [named(shape)] })));
}

/** An operator of one operand along one of its axes. */
function alongAxis(build: (a: Tensor, axis: number) => Tensor): fc.Arbitrary<Checked> {
  return lengths(1, 3).chain((shape) =>
    fc.tuple(floats([shape]), axisOf(shape)).map(([at, axis]) => ({
      build: (a) => build(a!, axis),
      at,
      shapes: [named(shape)],
    })),
  );
}

function reduction(build: (a: Tensor, options: ops.Reduction) => Tensor): fc.Arbitrary<Checked> {
  return lengths(1, 3).chain((shape) => {
    const axes = fc.subarray(
      shape.map((_, axis) => axis),
      { minLength: 1 },
    );
    return fc
      .tuple(floats([shape]), fc.option(axes, { nil: undefined }), fc.boolean())
      .map(([at, chosen, keepDims]) => ({
        build: (a) => build(a!, { keepDims, ...(chosen && { axes: chosen }) }),
        at,
        shapes: [named(shape)],
      }));
  });
}

const matMulSamples = fc.oneof(
  fc.tuple(broadcastable(2, 2), length, length, length).chain(([{ parts }, n, inner, m]) =>
    floats([
      [...parts[0]!, n, inner],
      [...parts[1]!, inner, m],
    ]).map((at): Checked => ({ build: (a, b) => ops.matMul(a!, b!), at })),
  ),
  fc.tuple(lengths(1, 2), length, length, length).chain(([batch, n, inner, m]) =>
    floats([
      [...batch, n, inner],
      [inner, m],
    ]).map((at): Checked => ({
      build: (a, b) => ops.matMul(a!, b!),
      at,
      shapes: [
        [...batch.map((_, axis) => `batch${axis}`), "rows", inner],
        [inner, m],
      ],
    })),
  ),
);

const gemmSamples = fc
  .tuple(length, length, length, fc.constantFrom(undefined, 0, 1, 2), fc.boolean(), fc.boolean(), fc.boolean())
  .chain(([n, inner, m, rank, transA, transB, isSingle]) => {
    const third = rank === undefined ? [] : [[n, isSingle ? 1 : m].slice(2 - rank)];
    const shapes = [transA ? [inner, n] : [n, inner], transB ? [m, inner] : [inner, m], ...third];
    const options = { alpha: 0.5, beta: -2, transA, transB };
    return floats(shapes).map((at): Checked => ({ build: (a, b, c) => ops.gemm(a!, b!, c, options), at }));
  });

const layerNormalizationSamples = lengths(1, 3).chain((shape) =>
  axisOf(shape).chain((axis) => {
    const normalized = shape.slice(axis);
    const leading = shape.slice(0, axis).map((_, i) => `leading${i}`);
    // A generous epsilon: where two numbers nearly agree, the normalisation bends too sharply for a difference.
    return floats([shape, normalized, normalized]).map((at): Checked => ({
      build: (a, scale, bias) => ops.layerNormalization(a!, scale!, bias!, { axis, epsilon: 0.01 }),
      at,
      shapes: [[...leading, ...normalized], normalized, normalized],
    }));
  }),
);

const transposeSamples = lengths(1, 4).chain((shape) => {
  const axes = shape.map((_, axis) => axis);
  const order = fc.shuffledSubarray(axes, { minLength: axes.length });
  return fc.tuple(floats([shape]), order).map(([at, chosen]): Checked => ({
    build: (a) => ops.transpose(a!, chosen),
    at,
    shapes: [named(shape)],
  }));
});

const reshapeSamples = fc.tuple(lengths(3, 3), fc.boolean()).chain(([shape, isMerged]) =>
  floats([shape]).map((at): Checked => {
    const [first, second, third] = shape as [number, number, number];
    return isMerged
      ? { build: (a) => ops.reshape(a!, ["n", second * third]), at, shapes: [["n", second, third]] }
      : { build: (a) => ops.reshape(a!, [third, first, second]), at };
  }),
);

const unsqueezeSamples = fc.tuple(lengths(0, 2), fc.subarray([0, -1], { minLength: 1 })).chain(([shape, axes]) =>
  floats([shape]).map((at): Checked => ({
    build: (a) => ops.unsqueeze(a!, shape.length === 0 ? [0] : axes),
    at,
    shapes: [named(shape)],
  })),
);

const squeezeSamples = lengths(1, 3).chain((shape) =>
  floats([[1, ...shape, 1]]).map((at): Checked => ({
    build: (a) => ops.squeeze(a!, [0, -1]),
    at,
    shapes: [[1, ...named(shape), 1]],
  })),
);

const expandSamples = broadcastable(1).chain(({ whole, parts }) =>
  fc
    .tuple(floats(parts), positions(whole, 9), fc.boolean())
    .map(([[a], like, isKnown]): Checked =>
      isKnown
        ? { build: (x) => ops.expand(x!, whole), at: [a!] }
        : { build: (x, y) => ops.expandLike(x!, y!), at: [a!, like], shapes: [named(parts[0]!), named(whole)] },
    ),
);

const concatSamples = fc
  .tuple(lengths(1, 3), fc.array(length, { minLength: 2, maxLength: 3 }))
  .chain(([shape, joined]) =>
    axisOf(shape).chain((axis) => {
      const shapes = joined.map((each) => shape.with(axis, each));
      return fc.tuple(floats(shapes), fc.boolean()).map(([at, isNamed]): Checked => ({
        build: (...parts) => ops.concat(parts, axis),
        at,
        ...(isNamed && { shapes: shapes.map((each, i) => named(each).with(axis, `part${i}`)) }),
      }));
    }),
  );

const sliceSamples = fc
  .tuple(lengths(1, 3), fc.constantFrom([0, 1], [1, 3], [-3, -1], [1, -1], [-2, undefined], [2, undefined]))
  .chain(([others, range]) =>
    fc.tuple(axisOf(others), fc.boolean()).chain(([axis, isNamed]) => {
      const shape = others.with(axis, 4);
      const [start, end] = range;
      return floats([shape]).map((at): Checked => ({
        build: (a) => ops.slice(a!, axis, start, end),
        at,
        ...(isNamed && { shapes: [named(shape)] }),
      }));
    }),
  );

/** A slice's gradient by what was sliced: the rule of Pad is that of a gradient of gradients. */
const padSamples = fc.tuple(lengths(1, 3), fc.nat(2), fc.nat(2)).chain(([shape, before, after]) =>
  axisOf(shape).chain((axis) => {
    const wide = shape.with(axis, shape.at(axis)! + before + after);
    const along = (axis + shape.length) % shape.length;
    return fc.tuple(floats([shape]), positions(wide, 2)).map(([at, like]): Checked => ({
      build: (a, whole) => ops.padLike(a!, whole!, along, constant([before], [1], "int64")),
      at: [...at, like],
    }));
  }),
);

const gatherSamples = fc.tuple(lengths(1, 3), lengths(0, 2)).chain(([shape, picked]) =>
  axisOf(shape).chain((axis) =>
    fc
      .tuple(floats([shape]), positions(picked, shape.at(axis)!), fc.boolean())
      .map(([at, indices, isNamed]): Checked => ({
        build: (a, i) => ops.gather(a!, i!, axis),
        at: [...at, indices],
        ...(isNamed && { shapes: [named(shape), picked.map((_, i) => `picked${i}`)] }),
      })),
  ),
);

const gatherElementsSamples = fc.tuple(lengths(1, 3), length).chain(([shape, count]) =>
  axisOf(shape).chain((axis) => {
    const picked = shape.with(axis, count);
    return fc.tuple(floats([shape]), positions(picked, shape.at(axis)!)).map(([at, indices]): Checked => ({
      build: (a, i) => ops.gatherElements(a!, i!, axis),
      at: [...at, indices],
    }));
  }),
);

const scatterSamples = fc.tuple(lengths(1, 3), lengths(0, 2)).chain(([shape, picked]) =>
  axisOf(shape).chain((axis) => {
    const along = (axis + shape.length) % shape.length;
    const updates = [...shape.slice(0, along), ...picked, ...shape.slice(along + 1)];
    return fc.tuple(floats([shape, updates]), positions(picked, shape[along]!)).map(([at, indices]): Checked => ({
      build: (a, rows, i) => ops.scatterAdd(a!, i!, rows!, axis),
      at: [...at, indices],
    }));
  }),
);

const scatterElementsSamples = fc.tuple(lengths(1, 3), length).chain(([shape, count]) =>
  axisOf(shape).chain((axis) => {
    const picked = shape.with(axis, count);
    return fc.tuple(floats([shape, picked]), positions(picked, shape.at(axis)!)).map(([at, indices]): Checked => ({
      build: (a, updates, i) => ops.scatterAddElements(a!, i!, updates!, axis),
      at: [...at, indices],
    }));
  }),
);

const whereSamples = broadcastable(3).chain(({ parts }) =>
  fc.tuple(truths(parts[0]!), floats(parts.slice(1))).map(([condition, at]): Checked => ({
    build: (c, yes, no) => ops.where(c!, yes!, no!),
    at: [condition, ...at],
    shapes: parts.map(named),
  })),
);

const cumSumSamples = fc.tuple(lengths(1, 3), fc.boolean(), fc.boolean()).chain(([shape, reverse, exclusive]) =>
  fc.tuple(floats([shape]), axisOf(shape)).map(([at, axis]): Checked => ({
    build: (a) => ops.cumSum(a!, axis, { reverse, exclusive }),
    at,
    shapes: [named(shape)],
  })),
);

/** For what has no gradient, and for what reads no numbers, there is nothing to sample. */
export type Differentiable = Exclude<
  OpName,
  "Sign" | "Equal" | "Greater" | "GreaterOrEqual" | "Less" | "LessOrEqual" | "And" | "Not" | "Shape" | "Size"
>;

export const operatorSamples: Readonly<Record<Differentiable, fc.Arbitrary<Checked>>> = {
  Add: binary((a, b) => ops.add(a!, b!)),
  Sub: binary((a, b) => ops.sub(a!, b!)),
  Mul: binary((a, b) => ops.mul(a!, b!)),
  Div: binary((a, b) => ops.div(a!, b!), positive),
  Pow: binary((a, b) => ops.pow(a!, b!), positive),
  Min: binary((a, b) => ops.min(a!, b!)),
  Max: binary((a, b) => ops.max(a!, b!)),
  Neg: unary((a) => ops.neg(a!)),
  Abs: unary((a) => ops.abs(a!), { ...anywhere, kinks: [0] }),
  Reciprocal: unary((a) => ops.reciprocal(a!), positive),
  Exp: unary((a) => ops.exp(a!)),
  Log: unary((a) => ops.log(a!), positive),
  Sqrt: unary((a) => ops.sqrt(a!), positive),
  // onnxruntime has no float64 kernel for it.
  Erf: unary((a) => ops.erf(a!)).map(inFloat32),
  Clip: unary((a) => ops.clip(a!, -1, 0.5), { ...anywhere, kinks: [-1, 0.5] }),
  // Of float64 to float32 a difference would see little but the rounding.
  Cast: unary((a) => ops.cast(a!, "float64")).map(inFloat32),
  Identity: unary((a) => ops.identity(a!)),
  Sigmoid: unary((a) => ops.sigmoid(a!)),
  Tanh: unary((a) => ops.tanh(a!)),
  Softplus: unary((a) => ops.softplus(a!)),
  Relu: unary((a) => ops.relu(a!), { ...anywhere, kinks: [0] }),
  Softmax: alongAxis(ops.softmax),
  LogSoftmax: alongAxis(ops.logSoftmax),
  LayerNormalization: layerNormalizationSamples,
  Where: whereSamples,
  MatMul: matMulSamples,
  Gemm: gemmSamples,
  Transpose: transposeSamples,
  Reshape: reshapeSamples,
  Unsqueeze: unsqueezeSamples,
  Squeeze: squeezeSamples,
  Expand: expandSamples,
  Concat: concatSamples,
  Slice: sliceSamples,
  Pad: padSamples,
  Gather: gatherSamples,
  GatherElements: gatherElementsSamples,
  ScatterElements: fc.oneof(scatterSamples, scatterElementsSamples),
  ReduceSum: reduction(ops.reduceSum),
  ReduceMean: reduction(ops.reduceMean),
  ReduceMax: reduction(ops.reduceMax),
  CumSum: cumSumSamples,
};
