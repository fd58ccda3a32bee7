/**
 * Fine-tunes a real encoder on preferences: all-MiniLM-L6-v2 with low-rank adapters on its attention, beside the same
 * encoder frozen under the same head, by the loss on pairs of prompts that were held out.
 *
 *     npm run bench -- lora --model FOLDER --data FILE [--pairs 1600] [--length 64] [--epochs 1] [--rank 8] [--json]
 *
 * FOLDER has model.onnx and vocab.txt (lora/export_minilm.py writes them), FILE has the import format. A pair's label is
 * the majority of its human comparisons; draws are left out. Every fourth prompt is held out. The reward is linear in the
 * mean of the tokens' vectors; the loss is -log sigmoid(reward(chosen) - reward(rejected)), log 2 before any training.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { exportModel } from "@/lib/graph/export";
import { importModel } from "@/lib/graph/import-model";
import { loraStart, mergedWeights, withLora } from "@/lib/graph/lora";
import { cast, div, matMul, mul, neg, reduceMean, reduceSum, slice, softplus, sub, unsqueeze } from "@/lib/graph/ops";
import { replaceWeights } from "@/lib/graph/replace-weights";
import { warmUpCosine } from "@/lib/graph/schedule";
import { openSession } from "@/lib/graph/session";
import { parameter, type HostTensor, type Tensor } from "@/lib/graph/tensor";
import { openTraining, takeSteps, type Batch } from "@/lib/graph/training";
import { initialState, trainingStep } from "@/lib/graph/training-step";
import { majority, type Vote } from "@/lib/stats/majority";
import { seededRandom } from "@/lib/stats/random";
import { wordPieceFrom } from "./lora/word-piece";

const { values: flags } = parseArgs({
  options: {
    model: { type: "string" },
    data: { type: "string" },
    pairs: { type: "string", default: "1600" },
    length: { type: "string", default: "64" },
    epochs: { type: "string", default: "1" },
    rank: { type: "string", default: "8" },
    lr: { type: "string", default: "1e-3" },
    threads: { type: "string", default: "2" },
    /** Where the merged encoder is written. */
    out: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
if (!flags.model || !flags.data) throw new Error("Say which model and which data: --model FOLDER --data FILE");
const [length, epochs, rank, threads] = [flags.length, flags.epochs, flags.rank, flags.threads].map(Number) as [
  number,
  number,
  number,
  number,
];
const batchPairs = 16;
const random = seededRandom(1);

type Pair = { chosen: string; rejected: string; group: number };

const tokenise = wordPieceFrom(path.join(flags.model, "vocab.txt"));
const pairs = shuffled(load(flags.data)).slice(0, Number(flags.pairs));
const [train, heldOut] = [false, true].map((isHeld) =>
  batchesOf(pairs.filter(({ group }) => (group % 4 === 3) === isHeld)),
);

const file = readFileSync(path.join(flags.model, "model.onnx"));
const { outputs, inputs, parameters, values } = importModel(file, { batch: 2 * batchPairs, sequence: length });
const width = 384;
// Query, key, value and output of every layer.
const isChosen = ({ shape }: { shape: readonly unknown[] }): boolean => shape.join() === `${width},${width}`;
const adapted = withLora({ outputs, rank, alpha: 2 * rank, isChosen });
const head = parameter("head", [width, 1]);
const loss = lossOf(adapted.outputs["last_hidden_state"]!);
const start: Record<string, HostTensor> = {
  ...values,
  ...loraStart(adapted.adapters, random),
  head: { dtype: "float32", shape: [width, 1], data: new Float32Array(width) },
};

const before = await heldOutLoss(start);
const frozen = await tune(false);
const tuned = await tune(true);
if (flags.out) writeFileSync(flags.out, replaceWeights(file, mergedWeights(adapted, tuned.tensors)));
const report = {
  data: path.basename(flags.data),
  ...{ train_pairs: train!.length * batchPairs, held_out_pairs: heldOut!.length * batchPairs, length, epochs, rank },
  adapted_products: adapted.adapters.length,
  trained_numbers: adapted.adapters.reduce(
    (sum, { a, b }) => sum + start[a.name]!.data.length + start[b.name]!.data.length,
    width,
  ),
  held_out_loss_before: round(before),
  held_out_loss_frozen_encoder: round(frozen.loss),
  held_out_loss_lora: round(tuned.loss),
  ...{ seconds_frozen: round(frozen.seconds), seconds_lora: round(tuned.seconds) },
};
console.log(JSON.stringify(report, null, flags.json ? undefined : 2));

/** The head learns, and with it the adapters or not. */
async function tune(
  withAdapters: boolean,
): Promise<{ loss: number; seconds: number; tensors: Record<string, HostTensor> }> {
  const adapters = adapted.adapters.flatMap(({ a, b }) => [a, b]);
  const step = trainingStep({
    name: "tune",
    loss,
    trained: [
      ...parameters.map((each) => ({ parameter: each, weightDecay: 0, learningRateScale: 0 })),
      ...adapters.map((each) => ({ parameter: each, weightDecay: 0, learningRateScale: withAdapters ? 1 : 0 })),
      { parameter: head, weightDecay: 0.01, learningRateScale: 10 },
    ],
    clipNorm: 1,
  });
  const training = await openTraining({ step, state: initialState(step, start), threads });
  const steps = epochs * train!.length;
  const started = performance.now();
  await takeSteps({
    training,
    steps,
    batchesAt: (i) => [train![(i - 1) % train!.length]!],
    learningRateAt: (i) =>
      warmUpCosine(i, { peak: Number(flags.lr), warmUpSteps: Math.ceil(steps / 10), totalSteps: steps }),
    onStep: ({ step: taken, loss: own }) => {
      if (!flags.json && taken % 10 === 0) console.log(`step ${taken} of ${steps}: ${own.toFixed(4)}`);
    },
  });
  const seconds = (performance.now() - started) / 1000;
  const tensors = { ...(await training.read()).tensors };
  await training.dispose();
  return { loss: await heldOutLoss(tensors), seconds, tensors };
}

async function heldOutLoss(tensors: Record<string, HostTensor>): Promise<number> {
  const session = await openSession(exportModel({ name: "loss", outputs: { loss }, values: tensors }), { threads });
  let sum = 0;
  for (const batch of heldOut!) sum += Number((await session.run(batch))["loss"]!.data[0]);
  await session.dispose();
  return sum / heldOut!.length;
}

/** The chosen texts are the first half of the batch. */
function lossOf(hidden: Tensor): Tensor {
  const mask = unsqueeze(cast(inputs["attention_mask"]!, "float32"), [2]);
  const pooled = div(reduceSum(mul(hidden, mask), { axes: [1] }), reduceSum(mask, { axes: [1] }));
  const reward = matMul(pooled, head);
  const margin = sub(slice(reward, 0, 0, batchPairs), slice(reward, 0, batchPairs));
  return reduceMean(softplus(neg(margin)));
}

function batchesOf(some: readonly Pair[]): Batch[] {
  return Array.from({ length: Math.floor(some.length / batchPairs) }, (_, i) => {
    const own = some.slice(i * batchPairs, (i + 1) * batchPairs);
    const texts = [...own.map(({ chosen }) => chosen), ...own.map(({ rejected }) => rejected)];
    const ids = new BigInt64Array(texts.length * length);
    const mask = new BigInt64Array(texts.length * length);
    texts.forEach((text, row) =>
      tokenise(text, length).forEach((id, column) => {
        ids[row * length + column] = BigInt(id);
        mask[row * length + column] = 1n;
      }),
    );
    const shape = [texts.length, length];
    return { input_ids: { dtype: "int64", shape, data: ids }, attention_mask: { dtype: "int64", shape, data: mask } };
  });
}

type Line = {
  prompt?: string;
  messages?: unknown[];
  completions: { text: string | null }[];
  labels: { kind: string; type: string; preferred?: Vote; pair?: [number, number] }[];
};

function load(from: string): Pair[] {
  const bytes = readFileSync(from);
  const lines = (from.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString().trim().split("\n");
  const groups = new Map<string, number>();
  return lines.flatMap((line): Pair[] => {
    const { prompt, messages, completions, labels } = JSON.parse(line) as Line;
    const key = prompt ?? JSON.stringify(messages);
    if (!groups.has(key)) groups.set(key, groups.size);
    const votes = labels.flatMap(({ kind, type, preferred, pair = [0, 1] }) =>
      kind === "human" && type === "comparison" && preferred !== undefined && pair.join() === "0,1" ? [preferred] : [],
    );
    const answer = majority(votes)?.answer;
    const [first, second] = completions.map(({ text }) => text);
    if ((answer !== 0 && answer !== 1) || !first || !second) return [];
    const [chosen, rejected] = answer === 0 ? [first, second] : [second, first];
    return [{ chosen, rejected, group: groups.get(key)! }];
  });
}

function shuffled<Each>(list: readonly Each[]): Each[] {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

function round(value: number): number {
  return Number(value.toFixed(4));
}
