import { AppError } from "@/lib/errors";
import { add, matMul, mul } from "./ops";
import { topologicalOrder } from "./order";
import {
  describe,
  elementCount,
  parameter,
  type HostTensor,
  type Operation,
  type Parameter,
  type Tensor,
} from "./tensor";

/** Two thin matrices beside a weight W [d, m]: A [d, r] and B [r, m]. */
export type Adapter = { weight: Parameter; a: Parameter; b: Parameter };

export type Adapted = {
  outputs: Record<string, Tensor>;
  adapters: Adapter[];
  /** alpha / r. */
  scale: number;
};

/**
 * Low-rank adaptation (Hu et al., "LoRA: Low-rank adaptation of large language models"): every product x W with a chosen
 * weight becomes x W + (alpha / r) (x A) B, the rest of the graph stays as it is. W may then be frozen: its gradient is not
 * needed, and A and B are few numbers. Throws `invalid` when no product has a chosen weight, and when a chosen weight has
 * any other use, such as a lookup in it, which the merged weight would change and the adapted graph would not.
 */
export function withLora(given: {
  outputs: Readonly<Record<string, Tensor>>;
  rank: number;
  alpha: number;
  isChosen: (weight: Parameter) => boolean;
}): Adapted {
  const { outputs, rank, alpha, isChosen } = given;
  const order = topologicalOrder(Object.values(outputs));
  requireProducts(order, isChosen);
  const adapters = new Map<Parameter, Adapter>();
  const replaced = new Map<Tensor, Tensor>();
  const now = (tensor: Tensor): Tensor => replaced.get(tensor) ?? tensor;
  for (const node of order) {
    if (node.kind !== "operation") continue;
    const inputs = node.inputs.map(now);
    const own: Operation = inputs.some((part, i) => part !== node.inputs[i]) ? { ...node, inputs } : node;
    const weight = factorOf(node);
    if (weight && isChosen(weight)) {
      const adapter = adapters.get(weight) ?? adapterOf(weight, rank);
      adapters.set(weight, adapter);
      const beside = matMul(matMul(inputs[0]!, adapter.a), adapter.b);
      replaced.set(node, add(own, mul(beside, alpha / rank)));
    } else if (own !== node) {
      replaced.set(node, own);
    }
  }
  if (adapters.size === 0)
    throw new AppError("invalid", "No matrix product of the model has a chosen weight to adapt.");
  return {
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, now(tensor)])),
    adapters: [...adapters.values()],
    scale: alpha / rank,
  };
}

/** Where adapters start: A uniform in +-1 / sqrt d, as a linear layer is, and B at 0, so that the model starts as it was. */
export function loraStart(adapters: readonly Adapter[], random: () => number): Record<string, HostTensor> {
  return Object.fromEntries(
    adapters.flatMap(({ a, b }) => {
      const bound = 1 / Math.sqrt(Number(a.shape[0]));
      return [
        [a.name, hostOf(a, () => (2 * random() - 1) * bound)],
        [b.name, hostOf(b, () => 0)],
      ];
    }),
  );
}

/** The weights with their adapters worked in, W + (alpha / r) A B, by name: the adapted model without any adapters. */
export function mergedWeights(
  { adapters, scale }: Pick<Adapted, "adapters" | "scale">,
  values: Readonly<Record<string, HostTensor>>,
): Record<string, HostTensor> {
  return Object.fromEntries(
    adapters.map(({ weight, a, b }) => {
      const [base, left, right] = [weight, a, b].map(({ name }) => values[name]!) as [
        HostTensor,
        HostTensor,
        HostTensor,
      ];
      const [rank, width] = right.shape as [number, number];
      const merged = hostOf(weight, (place) => {
        const [row, column] = [Math.floor(place / width), place % width];
        let sum = 0;
        for (let k = 0; k < rank; k++)
          sum += Number(left.data[row * rank + k]) * Number(right.data[k * width + column]);
        return Number(base.data[place]) + scale * sum;
      });
      return [weight.name, merged];
    }),
  );
}

/** The W of a product x W that is a parameter. */
function factorOf({ op, inputs }: Operation): Parameter | null {
  const right = op === "MatMul" ? inputs[1]! : null;
  return right?.kind === "parameter" && right.shape.length === 2 ? right : null;
}

function requireProducts(order: readonly Tensor[], isChosen: (weight: Parameter) => boolean): void {
  for (const node of order) {
    if (node.kind !== "operation") continue;
    node.inputs.forEach((part, i) => {
      if (part.kind !== "parameter" || !isChosen(part) || (i === 1 && factorOf(node) === part)) return;
      throw new AppError(
        "invalid",
        `The chosen weight ${describe(part)} is used by ${describe(node)}, which is no product x W with a matrix W: ` +
          "an adapter beside its products would not be what is merged. Leave it out of the choice.",
      );
    });
  }
}

function adapterOf(weight: Parameter, rank: number): Adapter {
  const [d, m] = weight.shape as [number, number];
  if (rank < 1 || rank >= Math.min(d, m)) {
    throw new AppError("invalid", `An adapter of rank ${rank} is not smaller than ${describe(weight)} of ${d} x ${m}.`);
  }
  return {
    weight,
    a: parameter(`${weight.name}.lora_a`, [d, rank], weight.dtype),
    b: parameter(`${weight.name}.lora_b`, [rank, m], weight.dtype),
  };
}

function hostOf({ dtype, shape }: Parameter, value: (place: number) => number): HostTensor {
  const lengths = shape as number[];
  const data = new (dtype === "float64" ? Float64Array : Float32Array)(elementCount(lengths));
  for (let place = 0; place < data.length; place++) data[place] = value(place);
  return { dtype, shape: lengths, data };
}
