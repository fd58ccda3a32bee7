import fc from "fast-check";
import { expect, test } from "vitest";
import { centralDifferences, gradientFaults, type Checked, type Differences } from "../gradient-check";
import { gradientRules } from "../gradients";
import * as ops from "../ops";
import type { OpName, Tensor } from "../tensor";
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
    const points: [Checked, Differences][] = [];
    for (const checked of fc.sample(operatorSamples[op], { seed, numRuns: samplesEach })) {
      points.push([checked, await centralDifferences(checked)]);
    }
    const faultsWith = async (rule: Rule): Promise<string[]> => {
      const rules: Rules = { ...gradientRules, [op]: rule };
      for (const [checked, differences] of points) {
        const faults = await gradientFaults(checked, differences, { rules });
        if (faults.length > 0) return faults;
      }
      return [];
    };
    const { rule, inputs } = noting(gradientRules[op]!);
    expect(await faultsWith(rule)).toEqual([]);
    for (const [mutation, wrong] of Object.entries(mutationsOf(op, inputs))) {
      expect(await faultsWith(wrong), `${mutation} was not noticed`).not.toEqual([]);
    }
  });
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
