/**
 * How fast the library trains: an ensemble of K heads on d features, and 200 linear ones, with the whole step (forward
 * pass, gradients, AdamW) beside its bare matrix products in onnxruntime and the same step in eager PyTorch.
 *
 *     npm run bench -- graph --python /path/to/python [--rounds 15] [--threads 2] [--json]
 *
 * Without --python, which must have PyTorch, its figures are null. The three take turns round by round, so that what
 * else the machine does falls on all; figures are medians of rounds, ratios medians of the rounds' ratios. The bare
 * products are those that stand in the step, on operands that are ready.
 */
import { parseArgs } from "node:util";
import { exportModel } from "@/lib/graph/export";
import {
  add,
  matMul,
  mul,
  neg,
  reduceMean,
  reduceSum,
  relu,
  reshape,
  slice,
  softplus,
  squeeze,
  transpose,
} from "@/lib/graph/ops";
import { topologicalOrder } from "@/lib/graph/order";
import { openSession } from "@/lib/graph/session";
import { memberParameter } from "@/lib/graph/ensemble";
import {
  constant,
  elementCount,
  input,
  parameter,
  type HostTensor,
  type Parameter,
  type Tensor,
} from "@/lib/graph/tensor";
import { openTraining } from "@/lib/graph/training";
import { initialState, trainingStep, type TrainingStep } from "@/lib/graph/training-step";
import { seededRandom } from "@/lib/stats/random";
import { startTorch, type Contender } from "./graph/torch";

const { values: flags } = parseArgs({
  options: {
    python: { type: "string" },
    rounds: { type: "string", default: "15" },
    threads: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
  },
});
const [rounds, threads] = [Number(flags.rounds), Number(flags.threads)];
const pairs = 512;

type Size = { members: number; width: number; hidden: number };
type Model = { loss: Tensor; parameters: Parameter[] };

const heads = await measure({ members: 8, width: 384, hidden: 128 }, 10);
const linear = await measure({ members: 200, width: 384, hidden: 0 }, 20);
const report = {
  pairs_per_s_k8_d384_h128: Math.round(heads.pairsPerSecond),
  pairs_per_s_k200_linear_d384: Math.round(linear.pairsPerSecond),
  fraction_of_matmul_peak: round(heads.fractionOfProducts),
  torch_pairs_per_s: heads.torchPairsPerSecond && Math.round(heads.torchPairsPerSecond),
  ratio_to_torch: round(heads.ratioToTorch),
  linear_fraction_of_matmul_peak: round(linear.fractionOfProducts),
  linear_ratio_to_torch: round(linear.ratioToTorch),
  ...{ batch_pairs: pairs, threads, rounds },
};
console.log(JSON.stringify(report, null, flags.json ? undefined : 2));

async function measure(size: Size, steps: number) {
  const model = modelOf(size);
  const step = trainingStep({
    name: "bench",
    loss: model.loss,
    trained: model.parameters.map((each) => ({ parameter: each, weightDecay: 0.01 })),
  });
  const graph = await startStep(step, model, size);
  const products = await startProducts(step);
  const torch = flags.python
    ? await startTorch(flags.python, [size.members, size.width, size.hidden, pairs, threads])
    : null;
  const seconds: { graph: number; products: number; torch: number | null }[] = [];
  for (let round = 0; round < rounds; round++) {
    const torchSeconds = torch && (await torch.seconds(steps));
    seconds.push({
      graph: await graph.seconds(steps),
      products: await products.seconds(steps),
      torch: torchSeconds,
    });
  }
  for (const contender of [graph, products, torch]) await contender?.stop();
  const perSecond = (each: number): number => (steps * pairs) / each;
  return {
    pairsPerSecond: perSecond(median(seconds.map((each) => each.graph))),
    fractionOfProducts: median(seconds.map((each) => each.products / each.graph)),
    torchPairsPerSecond: torch && perSecond(median(seconds.map((each) => each.torch!))),
    ratioToTorch: torch && median(seconds.map((each) => each.torch! / each.graph)),
  };
}

/** Bradley-Terry on rewards of the first and the second completions of the pairs; hidden 0 is a linear reward. */
function modelOf({ members, width, hidden }: Size): Model {
  const x = input("x", [2 * pairs, width]);
  const w1 = memberParameter("w1", members, [width, hidden]);
  const b1 = memberParameter("b1", members, [1, hidden]);
  const w2 = memberParameter("w2", members, [hidden, 1]);
  const w = parameter("w", [width, members]);
  const reward = hidden > 0 ? squeeze(matMul(relu(add(matMul(x, w1), b1)), w2), [2]) : transpose(matMul(x, w));
  const sides = reshape(reward, [members, 2, pairs]);
  const margin = reduceSum(mul(sides, constant([1, -1], [2, 1])), { axes: [1] });
  const loss = reduceSum(reduceMean(softplus(neg(margin)), { axes: [1] }));
  return { loss, parameters: hidden > 0 ? [w1, b1, w2] : [w] };
}

async function startStep(step: TrainingStep, { parameters }: Model, { width }: Size): Promise<Contender> {
  const values = parameters.map((each) => [each.name, numbers(each.shape as number[], width ** -0.5)]);
  const training = await openTraining({ step, state: initialState(step, Object.fromEntries(values)), threads });
  const batch = { x: numbers([2 * pairs, width], 1) };
  const take = async (): Promise<void> => void (await training.take([batch], 1e-3));
  await take();
  return { seconds: (steps) => timed(steps, take), stop: () => training.dispose() };
}

async function startProducts({ definition }: TrainingStep): Promise<Contender> {
  const feeds: Record<string, HostTensor> = {};
  const outputs: Record<string, Tensor> = {};
  const given = (name: string, { shape }: Tensor): Tensor => {
    feeds[name] = numbers(shape as number[], 1);
    return input(name, shape);
  };
  // A transposed operand is transposed here too: onnxruntime makes it part of the product.
  const operand = (name: string, tensor: Tensor): Tensor =>
    tensor.kind === "operation" && tensor.op === "Transpose"
      ? { ...tensor, inputs: [given(name, tensor.inputs[0]!)] }
      : given(name, tensor);
  topologicalOrder(Object.values(definition.outputs)).forEach((node, i) => {
    if (node.kind !== "operation" || node.op !== "MatMul") return;
    const product = matMul(operand(`a${i}`, node.inputs[0]!), operand(`b${i}`, node.inputs[1]!));
    // One number of each matrix leaves the graph: the binding copies what does.
    outputs[`product${i}`] = slice(slice(product, -1, 0, 1), -2, 0, 1);
  });
  const session = await openSession(exportModel({ name: "products", outputs }), { threads });
  const run = async (): Promise<void> => void (await session.run(feeds));
  await run();
  return { seconds: (steps) => timed(steps, run), stop: () => session.dispose() };
}

async function timed(steps: number, take: () => Promise<void>): Promise<number> {
  const started = performance.now();
  for (let step = 0; step < steps; step++) await take();
  return (performance.now() - started) / 1000;
}

function numbers(shape: readonly number[], scale: number): HostTensor {
  const random = seededRandom(shape.length);
  const data = Float32Array.from({ length: elementCount(shape) }, () => (random() - 0.5) * scale);
  return { dtype: "float32", shape, data };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

function round(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(3));
}
