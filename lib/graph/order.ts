import type { Tensor } from "./tensor";

/**
 * Everything that `outputs` are computed from, each once, inputs before what uses them. The order depends on nothing but
 * the expressions, so that the same graph is always written the same way. Iterative: a deep graph must not end the stack.
 */
export function topologicalOrder(outputs: readonly Tensor[]): Tensor[] {
  const order: Tensor[] = [];
  const seen = new Set<Tensor>();
  const stack = outputs.toReversed().map((tensor) => ({ tensor, isExpanded: false }));
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { tensor, isExpanded } = top;
    if (isExpanded) {
      order.push(tensor);
    } else if (!seen.has(tensor)) {
      seen.add(tensor);
      stack.push({ tensor, isExpanded: true });
      if (tensor.kind === "operation") {
        for (const part of tensor.inputs.toReversed()) stack.push({ tensor: part, isExpanded: false });
      }
    }
  }
  return order;
}
