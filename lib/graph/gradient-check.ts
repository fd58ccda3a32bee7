import { AppError } from "@/lib/errors";
import { exportModel } from "./export";
import { gradientRules, gradients } from "./gradients";
import type { Rules } from "./gradients/rule";
import { mul, reduceSum } from "./ops";
import { openSession, type Provider, type Session } from "./session";
import { formatShape, sameShape, type Shape } from "./shape";
import { elementCount, input, type DType, type HostTensor, type Input, type Tensor } from "./tensor";

/** An expression of some operands and the point at which its gradients are checked. */
export type Checked = {
  build: (...operands: Tensor[]) => Tensor;
  /** The point. Operands of whole numbers and truth values are not differentiated by. */
  at: readonly HostTensor[];
  /** The operands' shapes as the graph knows them, where it is to know some lengths by name only. */
  shapes?: readonly Shape[];
};

/** Central differences of a weighed sum of the result, by each element of each operand; null where not differentiated. */
export type Differences = { weights: HostTensor; byOperand: readonly (readonly number[] | null)[] };

/**
 * Half the distance of the two points of a difference, and how far a gradient may be from it, relative to the larger of
 * 1 and the difference. With a step h the difference errs by about h^2 (the curvature) plus rounding over h: in float64
 * by 1e-10, in float32 by 1e-4. A forgotten factor, sign or sum is far outside of both tolerances.
 */
const precision: Partial<Record<DType, { step: number; tolerance: number }>> = {
  float64: { step: 1e-5, tolerance: 1e-6 },
  float32: { step: 1e-2, tolerance: 2e-3 },
};

/**
 * Runs the expression on both sides of the point, for every element. Throws `internal` when the result's shape is not the
 * one that the graph foretold.
 */
export async function centralDifferences(checked: Checked, provider: Provider = "cpu"): Promise<Differences> {
  const operands = operandsOf(checked);
  const result = checked.build(...operands);
  const session = await openSession(exportModel({ name: "forward", outputs: { result } }), { provider });
  const evaluate = async (at: readonly HostTensor[]): Promise<HostTensor> =>
    (await session.run(feedsOf(operands, at, session), ["result"]))["result"]!;
  try {
    const { shape, dtype } = await evaluate(checked.at);
    requireForetold(result, shape, operands, checked.at);
    const weights = toHost(unevenWeights(elementCount(shape)), shape, dtype);
    const byOperand: (number[] | null)[] = [];
    for (const [i, operand] of checked.at.entries()) {
      const step = precision[operand.dtype]?.step;
      if (step === undefined) {
        byOperand.push(null);
        continue;
      }
      const values = Array.from(operand.data, Number);
      const differences: number[] = [];
      for (const [j, value] of values.entries()) {
        const beside = async (moved: number): Promise<number> =>
          dot(weights, await evaluate(checked.at.with(i, toHost(values.with(j, moved), operand.shape, operand.dtype))));
        differences.push(((await beside(value + step)) - (await beside(value - step))) / (2 * step));
      }
      byOperand.push(differences);
    }
    return { weights, byOperand };
  } finally {
    await session.dispose();
  }
}

/** What is wrong with the gradients that the rules derive, one sentence for each number that is not its difference. */
export async function gradientFaults(
  checked: Checked,
  { weights, byOperand }: Differences,
  { rules = gradientRules, provider = "cpu" }: { rules?: Rules; provider?: Provider } = {},
): Promise<string[]> {
  const operands = operandsOf(checked);
  const result = checked.build(...operands);
  // Not by `input`, because its lengths are the result's, sums and products among them.
  const weighedBy: Input = { kind: "input", name: "weights", shape: result.shape, dtype: result.dtype };
  const free = operands.filter((_, i) => byOperand[i]);
  const derived = gradients(reduceSum(mul(result, weighedBy)), free, rules);
  const misshapen = free.flatMap((operand, i) =>
    sameShape(derived[i]!.shape, operand.shape)
      ? []
      : [`The gradient by ${operand.name}${formatShape(operand.shape)} is ${formatShape(derived[i]!.shape)}.`],
  );
  if (misshapen.length > 0) return misshapen;
  const outputs = Object.fromEntries(free.map((operand, i) => [`d_${operand.name}`, derived[i]!]));
  const session = await openSession(exportModel({ name: "backward", outputs }), { provider });
  try {
    const results = await session.run(feedsOf([...operands, weighedBy], [...checked.at, weights], session));
    return operands.flatMap((operand, i) => {
      const differences = byOperand[i];
      return differences ? faultsOf(operand, results[`d_${operand.name}`]!, differences) : [];
    });
  } finally {
    await session.dispose();
  }
}

function faultsOf({ name, dtype }: Input, { data, shape }: HostTensor, differences: readonly number[]): string[] {
  const { tolerance } = precision[dtype]!;
  if (data.length !== differences.length) {
    return [`The gradient by ${name} has ${data.length} numbers instead of ${differences.length}.`];
  }
  return differences.flatMap((difference, j) => {
    const gradient = Number(data[j]);
    const isClose = Math.abs(gradient - difference) <= tolerance * Math.max(1, Math.abs(difference));
    return isClose
      ? []
      : [`The gradient by element ${j} of ${name}${formatShape(shape)} is ${gradient}, the difference ${difference}.`];
  });
}

function operandsOf({ at, shapes }: Checked): Input[] {
  return at.map(({ shape, dtype }, i) => input(`x${i}`, shapes?.[i] ?? shape, dtype));
}

/** Feeds for the operands that the model reads: the gradient of a sum, say, needs none of its terms. */
function feedsOf(operands: readonly Input[], at: readonly HostTensor[], session: Session): Record<string, HostTensor> {
  const feeds = operands.map(({ name }, i) => [name, at[i]!] as const);
  return Object.fromEntries(feeds.filter(([name]) => session.inputNames.includes(name)));
}

/** Fixed lengths must be as foretold, and the operands' named lengths must be theirs. */
function requireForetold(
  result: Tensor,
  shape: readonly number[],
  operands: readonly Input[],
  at: readonly HostTensor[],
): void {
  const lengths = new Map(
    operands.flatMap((operand, i) => operand.shape.map((dim, axis) => [dim, at[i]!.shape[axis]!] as const)),
  );
  const isForetold = result.shape.every((dim, axis) =>
    typeof dim === "number" ? dim === shape[axis] : !lengths.has(dim) || lengths.get(dim) === shape[axis],
  );
  if (isForetold && result.shape.length === shape.length) return;
  throw new AppError(
    "internal",
    `The result's shape should be ${formatShape(result.shape)} and is ${formatShape(shape)}.`,
  );
}

/** Unequal, so that a gradient that mixes elements up is noticed. */
function unevenWeights(count: number): number[] {
  return Array.from({ length: count }, (_, i) => 0.5 + ((i * 7) % 11) / 11);
}

function toHost(values: readonly number[], shape: readonly number[], dtype: DType): HostTensor {
  return { dtype, shape, data: dtype === "float64" ? Float64Array.from(values) : Float32Array.from(values) };
}

function dot(a: HostTensor, b: HostTensor): number {
  return Array.from(a.data, Number).reduce((sum, value, i) => sum + value * Number(b.data[i]), 0);
}
