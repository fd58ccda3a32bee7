import fc from "fast-check";
import { expect, test } from "vitest";
import { centralDifferences, gradientFaults, type Checked, type Differences } from "../gradient-check";
import { gradientRules } from "../gradients";
import * as ops from "../ops";
import { topologicalOrder } from "../order";
import { input, type OpName, type Tensor } from "../tensor";
import { compositeSamples } from "./composite-samples";
import { operatorSamples } from "./operator-samples";
import type { Rule, Rules } from "./rule";

const seed = 7;
const samplesEach = 12;

const operators = Object.keys(operatorSamples) as (keyof typeof operatorSamples)[];

test("every operator with a gradient is checked", () => {
  const differentiable = Object.entries(gradientRules).flatMap(([op, rule]) => (rule ? [op] : []));
  expect(operators.toSorted()).toEqual(differentiable.toSorted());
});

for (const op of operators) {
  test(`the gradient of ${op} is that of central differences, and a wrong one is noticed`, async () => {
    const points = await pointsOf(operatorSamples[op]);
    const { rule, inputs } = noting(gradientRules[op]!);
    expect(await faultsWith(points, { [op]: rule })).toEqual([]);
    for (const [mutation, wrong] of Object.entries(mutationsOf(op, inputs))) {
      expect(await faultsWith(points, { [op]: wrong }), `${mutation} was not noticed`).not.toEqual([]);
    }
  });
}

for (const [name, samples] of Object.entries(compositeSamples)) {
  test(`the gradient of ${name} is that of central differences, and a wrong one of any of its parts is noticed`, async () => {
    const points = await pointsOf(samples);
    expect(await faultsWith(points, {})).toEqual([]);
    const parts = differentiatedParts(points[0]![0]);
    expect(parts).not.toEqual([]);
    for (const op of parts) {
      // Not of the wrong sign: an operator that stands there twice would make up for itself.
      for (const by of [1.5, 0]) {
        const wrong: Rule = (node, gradient) =>
          gradientRules[op]!(node, gradient).map((part) => part && ops.mul(part, by));
        expect(await faultsWith(points, { [op]: wrong }), `${op} times ${by} was not noticed`).not.toEqual([]);
      }
    }
  });
}

type Point = [Checked, Differences];

async function pointsOf(samples: fc.Arbitrary<Checked>): Promise<Point[]> {
  const points: Point[] = [];
  for (const checked of fc.sample(samples, { seed, numRuns: samplesEach })) {
    points.push([checked, await centralDifferences(checked)]);
  }
  return points;
}

/** The faults at the first point that has any. */
async function faultsWith(points: readonly Point[], own: Partial<Rules>): Promise<string[]> {
  for (const [checked, differences] of points) {
    const faults = await gradientFaults(checked, differences, { rules: { ...gradientRules, ...own } });
    if (faults.length > 0) return faults;
  }
  return [];
}

/** The operators that an expression is made of, as far as its gradient goes through them. */
function differentiatedParts({ build, at }: Checked): OpName[] {
  const operands = at.map(({ shape, dtype }, i) => input(`x${i}`, shape, dtype));
  const float = new Set<Tensor>(operands.filter(({ dtype }) => dtype !== "bool"));
  const parts = topologicalOrder([build(...operands)]).flatMap((node) => {
    if (node.kind !== "operation" || !node.inputs.some((each) => float.has(each))) return [];
    float.add(node);
    return [node.op];
  });
  return [...new Set(parts)];
}

/** The inputs that an operator may stretch. */
const stretched: Partial<Record<OpName, readonly number[]>> = {
  ...Object.fromEntries(["Add", "Sub", "Mul", "Div", "Pow", "Min", "Max", "MatMul"].map((op) => [op, [0, 1]])),
  Where: [0, 1, 2],
  Gemm: [2],
  LayerNormalization: [1, 2],
  Expand: [0],
};

/** Wrong rules for an operator: each must fail the check that the right rule passes. */
function mutationsOf(op: OpName, inputs: ReadonlySet<number>): Record<string, Rule> {
  const right = gradientRules[op]!;
  const scaled = (by: number, input: number): Rule => {
    return (node, gradient) => right(node, gradient).map((part, i) => (part && i === input ? ops.mul(part, by) : part));
  };
  return {
    ...Object.fromEntries(
      Array.from(inputs).flatMap((input) => [
        [`a gradient by input ${input} half too large`, scaled(1.5, input)],
        [`a gradient by input ${input} of the wrong sign`, scaled(-1, input)],
      ]),
    ),
    ...(stretched[op] && { "broadcasting that is not undone": unsummed(right, stretched[op]) }),
  };
}

/** The rule as if its operands had had the result's shape all along: the broadcasting stays in the gradients. */
function unsummed(right: Rule, inputs: readonly number[]): Rule {
  return (node, gradient) => {
    const stretch = (operand: Tensor): Tensor => {
      if (node.op !== "MatMul") return ops.expandLike(operand, node);
      const isFixed = node.shape.every((dim) => typeof dim === "number");
      return isFixed ? ops.expand(operand, [...node.shape.slice(0, -2), ...operand.shape.slice(-2)]) : operand;
    };
    const operands = node.inputs.map((operand, i) => (inputs.includes(i) ? stretch(operand) : operand));
    return right({ ...node, inputs: operands }, gradient);
  };
}

/** A rule that notes for which inputs of its operator it has ever given a gradient. */
function noting(right: Rule): { rule: Rule; inputs: ReadonlySet<number> } {
  const inputs = new Set<number>();
  const rule: Rule = (node, gradient) =>
    right(node, gradient).map((part, i) => {
      if (part) inputs.add(i);
      return part;
    });
  return { rule, inputs };
}
