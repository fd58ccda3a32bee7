import { AppError } from "@/lib/errors";
import { reduceSum, squeeze } from "../ops";
import { sameShape, stretchedAxes } from "../shape";
import { describe, type Operation, type OpName, type Tensor } from "../tensor";

/** From an operation and the loss's gradient by its result: the loss's gradient by each input, null where there is none. */
export type Rule = (node: Operation, gradient: Tensor) => (Tensor | null)[];

/** A rule for every operator, null for those that have no gradient. */
export type Rules = Readonly<Record<OpName, Rule | null>>;

/** Sums a gradient over the axes along which its tensor was stretched, so that it has the tensor's shape again. */
export function unbroadcast(gradient: Tensor, like: Tensor): Tensor {
  if (sameShape(gradient.shape, like.shape)) return gradient;
  const { missing, stretched } = stretchedAxes(like.shape, gradient.shape);
  const summed = reduceSum(gradient, { axes: [...missing, ...stretched], keepDims: true });
  return missing.length > 0 ? squeeze(summed, missing) : summed;
}

/** A rule for an operator whose operands broadcast. */
export function broadcasting(
  rule: (a: Tensor, b: Tensor, gradient: Tensor, node: Operation) => [Tensor, Tensor],
): Rule {
  return (node, gradient) => {
    const [a, b] = node.inputs as [Tensor, Tensor];
    const [byA, byB] = rule(a, b, gradient, node);
    return [unbroadcast(byA, a), unbroadcast(byB, b)];
  };
}

/** A rule for an operator that only its first input flows through; the others are axes, positions, bounds. */
export function ofFirst(rule: (a: Tensor, gradient: Tensor, node: Operation) => Tensor): Rule {
  return (node, gradient) => {
    const [a, ...others] = node.inputs as [Tensor, ...Tensor[]];
    return [rule(a, gradient, node), ...others.map(() => null)];
  };
}

/** The whole number, and the number, that an operation has as an attribute. */
export const intOf = (node: Operation, key: string): number => attributeOf(node, key, "int");
export const floatOf = (node: Operation, key: string): number => attributeOf(node, key, "float");

/** The numbers of an input that the builder made as a constant: axes, positions. */
export function constantOf(node: Operation, index: number): number[] {
  const tensor = node.inputs[index];
  if (tensor?.kind === "constant") return Array.from(tensor.data, Number);
  throw new AppError("internal", `${describe(node)} can be differentiated only with a constant as input ${index}.`);
}

function attributeOf(node: Operation, key: string, kind: "int" | "float"): number {
  const value = (node.attributes[key] as Partial<Record<typeof kind, number>> | undefined)?.[kind];
  if (value === undefined) throw new AppError("internal", `${describe(node)} has no ${kind} "${key}".`);
  return value;
}
