import fc from "fast-check";
import { expect, test } from "vitest";
import { exportModel } from "./export";
import { gradients } from "./gradients";
import * as ops from "./ops";
import { openSession } from "./session";
import { constant, elementCount, input, parameter, type HostTensor, type Tensor } from "./tensor";

/** How an operator is called on inputs of the given shapes. `range` keeps the operands where it is defined. */
type Case = {
  shapes: readonly (readonly number[])[];
  build: (...operands: Tensor[]) => Tensor;
  range?: readonly [number, number];
  /** Operands that are only compared, and so have no gradient. */
  fixed?: readonly number[];
  /** The step of the differences, where not the usual one. */
  step?: number;
};

const anywhere = [-2, 2] as const;
const positive = [0.3, 2] as const;
const square = [[3, 4]] as const;

const broadcasts: readonly (readonly [readonly number[], readonly number[]])[] = [
  [
    [3, 4],
    [3, 4],
  ],
  [[3, 4], [4]],
  [
    [2, 1, 3],
    [4, 1],
  ],
  [[1], [2, 3]],
  [[], [3]],
  [[2, 3], []],
];

const binary = (build: Case["build"], range?: Case["range"]): Case[] =>
  broadcasts.map((shapes) => ({ shapes, build, range }));
const unary = (build: Case["build"], range?: Case["range"]): Case[] => [{ shapes: square, build, range }];

const cases: Record<string, Case[]> = {
  Add: binary((a, b) => ops.add(a!, b!)),
  Sub: binary((a, b) => ops.sub(a!, b!)),
  Mul: binary((a, b) => ops.mul(a!, b!)),
  Div: binary((a, b) => ops.div(a!, b!), positive),
  Pow: binary((a, b) => ops.pow(a!, b!), positive),
  Neg: unary((a) => ops.neg(a!)),
  Exp: unary((a) => ops.exp(a!)),
  Log: unary((a) => ops.log(a!), positive),
  Sqrt: unary((a) => ops.sqrt(a!), positive),
  Sigmoid: unary((a) => ops.sigmoid(a!)),
  Softplus: unary((a) => ops.softplus(a!)),
  Relu: [...unary((a) => ops.relu(a!), [0.1, 2]), ...unary((a) => ops.relu(a!), [-2, -0.1])],
  Identity: unary((a) => ops.identity(a!)),
  // Linear, so the step may be wide; float32 leaves too few digits for a narrow one.
  Cast: [{ shapes: square, build: (a) => ops.cast(ops.cast(a!, "float32"), "float64"), step: 0.5 }],
  MatMul: [
    {
      shapes: [
        [3, 4],
        [4, 2],
      ],
      build: (a, b) => ops.matMul(a!, b!),
    },
    {
      shapes: [
        [5, 3, 4],
        [5, 4, 2],
      ],
      build: (a, b) => ops.matMul(a!, b!),
    },
    {
      shapes: [
        [3, 4],
        [5, 4, 2],
      ],
      build: (a, b) => ops.matMul(a!, b!),
    },
    {
      shapes: [
        [2, 1, 3, 4],
        [5, 4, 2],
      ],
      build: (a, b) => ops.matMul(a!, b!),
    },
    {
      shapes: [
        [5, 3, 4],
        [4, 1],
      ],
      build: (a, b) => ops.matMul(a!, b!),
    },
  ],
  Transpose: [
    { shapes: [[2, 3, 4]], build: (a) => ops.transpose(a!) },
    { shapes: [[2, 3, 4]], build: (a) => ops.transpose(a!, [2, 0, 1]) },
  ],
  Reshape: [{ shapes: [[2, 6]], build: (a) => ops.reshape(a!, [3, 4]) }],
  Unsqueeze: [{ shapes: [[2, 3]], build: (a) => ops.unsqueeze(a!, [0, 2]) }],
  Squeeze: [{ shapes: [[1, 3, 1]], build: (a) => ops.squeeze(a!, [0, 2]) }],
  Expand: [
    {
      shapes: [
        [3, 1],
        [2, 3, 4],
      ],
      build: (a, b) => ops.mul(ops.expandLike(a!, b!), b!),
    },
  ],
  ReduceSum: [{}, { axes: [1] }, { axes: [0, 2], keepDims: true }, { axes: [-1, 0] }].map((options) => ({
    shapes: [[2, 3, 4]],
    build: (a) => ops.reduceSum(a!, options),
  })),
  ReduceMean: [{}, { axes: [1] }, { axes: [0, 2], keepDims: true }].map((options) => ({
    shapes: [[2, 3, 4]],
    build: (a) => ops.reduceMean(a!, options),
  })),
  Where: [
    { shapes: [[3, 4], [3, 4], [4]], fixed: [0], build: (c, a, b) => ops.where(ops.greater(c!, 0), a!, b!) },
    {
      shapes: [
        [2, 3, 1],
        [3, 1],
        [3, 4],
      ],
      fixed: [0],
      build: (c, a, b) => ops.where(ops.greater(c!, 0), a!, b!),
    },
  ],
};

/**
 * Float64, so that central differences with a step of 1e-5 are right to about 1e-9 and the tolerance can be 1e-6: any
 * wrong factor or forgotten sum is far outside of it.
 */
const differenceStep = 1e-5;
const tolerance = 1e-6;

for (const [op, list] of Object.entries(cases)) {
  test(`the gradient of ${op} is that of central differences`, async () => {
    for (const each of list) {
      const operands = each.shapes.map((shape) => numbers(elementCount(shape), each.range ?? anywhere));
      for (const sample of fc.sample(fc.tuple(...operands), { seed: 7, numRuns: 2 }))
        await expectGradients(each, sample);
    }
  });
}

test("a tensor used twice collects both gradients", async () => {
  await expectGradients({ shapes: [[3]], build: (a) => ops.mul(ops.exp(a!), ops.add(a!, a!)) }, [[0.3, -1, 2]]);
});

test("the gradients of whole models are those of central differences", async () => {
  const shapes = [[5, 4], [2, 4, 3], [2, 1, 3], [2, 3, 1], [5]];
  const build = (...[x, w1, b1, w2, y]: Tensor[]): Tensor => {
    const hidden = ops.softplus(ops.add(ops.matMul(x!, w1!), b1!));
    const reward = ops.squeeze(ops.matMul(hidden, w2!), [2]);
    const loss = ops.sub(ops.softplus(reward), ops.mul(y!, reward));
    return ops.sqrt(ops.reduceMean(ops.square(loss), { axes: [1] }));
  };
  const property = fc.asyncProperty(
    fc.tuple(...shapes.map((shape) => numbers(elementCount(shape), anywhere))),
    async (sample) => {
      await expectGradients({ shapes, build }, sample);
    },
  );
  await fc.assert(property, { seed: 3, numRuns: 5 });
});

test("named lengths are carried through: the same graph differentiates for any of them", async () => {
  const x = input("x", ["n", 2], "float64");
  const w = parameter("w", [2], "float64");
  const [gradient] = gradients(ops.reduceMean(ops.mul(x, w)), [w]);
  expect(gradient!.shape).toEqual([2]);
  const session = await openSession(exportModel({ name: "mean", outputs: { gradient: gradient! } }));
  // d/dw_j of mean(x w) over n x 2 numbers: the column's sum over 2 n.
  const { gradient: result } = await session.run({ x: host([1, 2, 3, 4, 5, 6], [3, 2]), w: host([1, 1], [2]) });
  expect(result!.data).toEqual(Float64Array.of(1.5, 2));
  await session.dispose();
});

test("gradients can be differentiated again", async () => {
  const a = input("a", [], "float64");
  const [first] = gradients(ops.pow(a, 3), [a]);
  const [second] = gradients(first!, [a]);
  const session = await openSession(exportModel({ name: "cube", outputs: { second: second! } }));
  const { second: result } = await session.run({ a: host([2], []) });
  expect(Number(result!.data[0])).toBeCloseTo(12, 12);
  await session.dispose();
});

test("a loss of more than one number, and one that does not depend on the tensor, are refused", () => {
  const a = input("a", [2]);
  expect(() => gradients(ops.exp(a), [a])).toThrow("The loss Exp(a) has the shape [2]; reduce it to one number.");
  const step = ops.reduceSum(ops.cast(ops.greater(a, 0), "float32"));
  expect(() => gradients(step, [a])).toThrow("does not depend on a in a differentiable way");
});

function numbers(length: number, [min, max]: readonly [number, number]): fc.Arbitrary<number[]> {
  return fc.array(fc.double({ min, max, noNaN: true }), { minLength: length, maxLength: length });
}

function host(values: readonly number[], shape: readonly number[]): HostTensor {
  return { dtype: "float64", shape, data: Float64Array.from(values) };
}

/** Weighs the result's elements unequally, so that a gradient that mixes them up is noticed. */
function weighed(result: Tensor): Tensor {
  const count = elementCount(result.shape as number[]);
  const weights = Array.from({ length: count }, (_, i) => 0.5 + ((i * 7) % 11) / 11);
  return ops.reduceSum(ops.mul(result, constant(weights, result.shape as number[], "float64")));
}

async function expectGradients(
  { shapes, build, fixed = [], step = differenceStep }: Case,
  sample: readonly (readonly number[])[],
): Promise<void> {
  const operands = shapes.map((shape, i) => input(`x${i}`, shape, "float64"));
  const loss = weighed(build(...operands));
  const free = operands.filter((_, i) => !fixed.includes(i));
  const derived = gradients(loss, free);
  derived.forEach((gradient, i) => expect(gradient.shape).toEqual(free[i]!.shape));
  const outputs = Object.fromEntries(derived.map((gradient, i) => [`d_${free[i]!.name}`, gradient]));
  const session = await openSession(exportModel({ name: "check", outputs: { loss, ...outputs } }));
  const feeds = Object.fromEntries(operands.map((operand, i) => [operand.name, host(sample[i]!, shapes[i]!)]));
  const results = await session.run(feeds);
  for (const operand of free) {
    const values = sample[operands.indexOf(operand)]!;
    for (const [j, value] of values.entries()) {
      const at = async (shift: number): Promise<number> => {
        const moved = host(values.with(j, value + shift), operand.shape as number[]);
        return Number((await session.run({ ...feeds, [operand.name]: moved }, ["loss"]))["loss"]!.data[0]);
      };
      const difference = ((await at(step)) - (await at(-step))) / (2 * step);
      const gradient = Number(results[`d_${operand.name}`]!.data[j]);
      expect(Math.abs(gradient - difference)).toBeLessThan(tolerance * Math.max(1, Math.abs(difference)));
    }
  }
  await session.dispose();
}
