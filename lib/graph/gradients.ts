import { AppError } from "@/lib/errors";
import { activationRules } from "./gradients/activations";
import { arithmeticRules } from "./gradients/arithmetic";
import { matrixRules } from "./gradients/matrix";
import { reductionRules } from "./gradients/reductions";
import type { Rules } from "./gradients/rule";
import { shapingRules } from "./gradients/shaping";
import { add } from "./ops";
import { topologicalOrder } from "./order";
import { formatShape } from "./shape";
import { constant, describe, type Tensor } from "./tensor";

export const gradientRules: Rules = {
  ...arithmeticRules,
  ...activationRules,
  ...matrixRules,
  ...shapingRules,
  ...reductionRules,
};

/**
 * Reverse-mode differentiation: the gradients of a scalar `loss` by each of `by`, as tensors of their shapes. They are
 * ordinary expressions, so they may be combined, exported, or differentiated again. Throws `internal` for a loss that is
 * not one number, or that does not depend on a tensor of `by`. Other `rules` are for tests of the tests.
 */
export function gradients(loss: Tensor, by: readonly Tensor[], rules: Rules = gradientRules): Tensor[] {
  if (loss.shape.length > 0) {
    throw new AppError(
      "internal",
      `The loss ${describe(loss)} has the shape ${formatShape(loss.shape)}; reduce it to one number.`,
    );
  }
  const order = topologicalOrder([loss]);
  const depends = new Set<Tensor>(by);
  for (const node of order) {
    if (node.kind === "operation" && node.inputs.some((part) => depends.has(part))) depends.add(node);
  }
  const found = new Map<Tensor, Tensor>([[loss, constant([1], [], loss.dtype)]]);
  for (const node of order.toReversed()) {
    const gradient = found.get(node);
    if (!gradient || node.kind !== "operation") continue;
    const rule = rules[node.op];
    if (!rule) continue;
    rule(node, gradient).forEach((part, i) => {
      const target = node.inputs[i]!;
      if (!part || !depends.has(target)) return;
      const before = found.get(target);
      found.set(target, before ? add(before, part) : part);
    });
  }
  return by.map((tensor) => {
    const gradient = found.get(tensor);
    if (gradient) return gradient;
    throw new AppError(
      "internal",
      `The loss ${describe(loss)} does not depend on ${describe(tensor)} in a differentiable way.`,
    );
  });
}
