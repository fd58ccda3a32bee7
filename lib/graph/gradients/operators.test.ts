import fc from "fast-check";
import { expect, test } from "vitest";
import { centralDifferences, gradientFaults, type Checked, type Differences } from "../gradient-check";
import { gradientRules } from "../gradients";
import * as ops from "../ops";
import type { OpName } from "../tensor";
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

const broadcasting = new Set<OpName>(["Add", "Sub", "Mul", "Div", "Pow", "Min", "Max", "Where"]);

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
    ...(broadcasting.has(op) && { "broadcasting that is not undone": unsummed(right) }),
  };
}

/** The rule as if no operand had been stretched: the broadcasting stays in the gradients. */
const unsummed =
  (right: Rule): Rule =>
  (node, gradient) =>
    right({ ...node, inputs: node.inputs.map((operand) => ops.expandLike(operand, node)) }, gradient);

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
