import { exportModel } from "@/lib/graph/export";
import { warmUpCosine } from "@/lib/graph/schedule";
import { openSession, type Session } from "@/lib/graph/session";
import type { HostTensor } from "@/lib/graph/tensor";
import { openTraining, takeSteps, type Batch, type Training } from "@/lib/graph/training";
import { initialState } from "@/lib/graph/training-step";
import { bootstrapCounts, randomOrder, streamFor } from "@/lib/reward/training/sampling";
import { softplus } from "@/lib/stats/logistic";
import { classWeights, weighted, type ClassWeights } from "./class-weights";
import type { DenseFeatures, DenseRow, DenseTask } from "./data";
import { columnsOf, denseGraph, denseMask, denseStart, denseStep, type DenseShape, type DenseValues } from "./head";
import type { LinearHead } from "./logit";
import { denseInputs, scoredAtOnce } from "./rows";
import type { DenseConfig } from "./schema";

export type DenseProgress = { step: number; totalSteps: number; loss: number };

/** What each column learns from each row: its target and weight, [row][KC]. */
type Lesson = { targets: Float32Array; weights: Float32Array };

/**
 * Trains a logistic regression for each head on the vectors of the task's training rows, as the mean of K members that each
 * learn a bootstrap of the prompts and do not see all features. Rows of either kind weigh alike. Each member of each head is
 * taken as it was at the epoch with its lowest validation loss; all end when every one has gone `patience` epochs without a
 * lower one. The mean of linear members is linear, so a head is one vector. On the CPU the same rows, config and seed give
 * the same heads.
 */
export async function trainDenseHeads(given: {
  task: DenseTask;
  features: DenseFeatures;
  config: DenseConfig;
  seed: number;
  onStep?: (progress: DenseProgress) => void;
}): Promise<LinearHead[]> {
  const { task, features, config, seed, onStep } = given;
  const shape = { width: 3 * features.width, heads: task.heads.length, members: config.members };
  const [train, validation] = (["train", "validation"] as const).map((split) =>
    task.rows.filter((row) => row.split === split),
  ) as [DenseRow[], DenseRow[]];
  const classes = task.heads.map((_, head) => classWeights(train, head));
  const lesson = lessonOf(train, shape, classes, bootstrapsOf(train, shape, seed));
  const test = lessonOf(validation, shape, classes, null);
  const mask = denseMask(shape, config.maskedShare, seed);
  const step = denseStep(shape, config, train.length);
  const size = Math.max(1, Math.min(config.batchRows, Math.ceil(train.length / config.fewestSteps)));
  const epochSteps = Math.ceil(train.length / size);
  const totalSteps = epochSteps * config.maxEpochs;
  const batchAt = (at: number): Batch => {
    const epoch = Math.ceil(at / epochSteps);
    const first = ((at - 1) % epochSteps) * size;
    const chosen = orderOf(epoch).subarray(first, first + size);
    const rows = Array.from(chosen, (place) => train[place]!);
    return { x: denseInputs(features, rows), ...pick(lesson, chosen, columnsOf(shape)), mask };
  };
  const orderOf = lastOnly((epoch) => randomOrder(train.length, streamFor(seed, "denseOrder", epoch)));
  const best = bestColumns(denseStart(shape));
  const scoring = await openSession(exportModel(denseGraph(shape)));
  let training: Training | undefined;
  try {
    const validate = (values: DenseValues): Promise<Float64Array> =>
      columnLosses({ scoring, features, rows: validation, lesson: test, values, columns: columnsOf(shape) });
    best.take(0, denseStart(shape), await validate(denseStart(shape)));
    training = await openTraining({ step, state: initialState(step, denseStart(shape)) });
    for (let epoch = 1; epoch <= config.maxEpochs && !best.hasEnded(epoch - 1, config.patience); epoch++) {
      await takeSteps({
        ...{ training, from: (epoch - 1) * epochSteps, steps: epoch * epochSteps },
        batchesAt: (at) => [batchAt(at)],
        learningRateAt: (at) => learningRateAt(at, totalSteps, config),
        onStep: ({ step: taken, loss }) => onStep?.({ step: taken, totalSteps, loss: loss / columnsOf(shape) }),
      });
      const { tensors } = await training.read();
      const values = { w: tensors["w"]!, b: tensors["b"]! };
      best.take(epoch, values, await validate(values));
    }
  } finally {
    await training?.dispose();
    await scoring.dispose();
  }
  return task.heads.map((_, head) => meanHead(best.values, shape, head, classes[head]!));
}

function learningRateAt(step: number, totalSteps: number, { learningRate, warmUpShare }: DenseConfig): number {
  const warmUpSteps = Math.max(1, Math.round(warmUpShare * totalSteps));
  return warmUpCosine(step, { peak: learningRate, warmUpSteps, totalSteps });
}

/** How often each member's bootstrap of the prompts drew each row, [k][row]. */
function bootstrapsOf(rows: readonly DenseRow[], { members }: DenseShape, seed: number): Float32Array[] {
  const groups = rows.map(({ group }) => group);
  return Array.from({ length: members }, (_, member) => {
    const counts = bootstrapCounts(groups, streamFor(seed, "denseBootstrap", member));
    return Float32Array.from(groups, (group) => counts.get(group)!);
  });
}

function lessonOf(
  rows: readonly DenseRow[],
  shape: DenseShape,
  classes: readonly ClassWeights[],
  bootstraps: readonly Float32Array[] | null,
): Lesson {
  const { heads, members } = shape;
  const columns = columnsOf(shape);
  const lesson = { targets: new Float32Array(rows.length * columns), weights: new Float32Array(rows.length * columns) };
  rows.forEach((row, i) => {
    for (let head = 0; head < heads; head++) {
      const { target, weight } = weighted(row.targets[head]!, classes[head]!);
      for (let member = 0; member < members; member++) {
        const place = i * columns + head * members + member;
        lesson.targets[place] = target;
        lesson.weights[place] = weight * row.weights[head]! * (bootstraps?.[member]![i] ?? 1);
      }
    }
  });
  return lesson;
}

function pick(
  { targets, weights }: Lesson,
  chosen: Uint32Array,
  columns: number,
): Record<"target" | "weight", HostTensor> {
  const gather = (from: Float32Array): HostTensor => {
    const data = new Float32Array(chosen.length * columns);
    chosen.forEach((place, i) => data.set(from.subarray(place * columns, (place + 1) * columns), i * columns));
    return { dtype: "float32", shape: [chosen.length, columns], data };
  };
  return { target: gather(targets), weight: gather(weights) };
}

/** Each column's mean loss on the rows, in nats. */
async function columnLosses(given: {
  scoring: Session;
  features: DenseFeatures;
  rows: readonly DenseRow[];
  lesson: Lesson;
  values: DenseValues;
  columns: number;
}): Promise<Float64Array> {
  const { scoring, features, rows, lesson, values, columns } = given;
  const losses = new Float64Array(columns);
  const totals = new Float64Array(columns);
  for (let start = 0; start < rows.length; start += scoredAtOnce) {
    const part = rows.slice(start, start + scoredAtOnce);
    const { data } = (await scoring.run({ ...values, x: denseInputs(features, part) }))["z"]!;
    for (let i = 0; i < part.length * columns; i++) {
      const [z, weight] = [Number(data[i]), lesson.weights[start * columns + i]!];
      losses[i % columns]! += weight * (softplus(z) - lesson.targets[start * columns + i]! * z);
      totals[i % columns]! += weight;
    }
  }
  return losses.map((loss, column) => loss / totals[column]!);
}

/** Keeps of every column the parameters of the epoch in which its loss was lowest. */
function bestColumns(start: DenseValues): {
  values: DenseValues;
  take: (epoch: number, values: DenseValues, losses: Float64Array) => void;
  hasEnded: (epoch: number, patience: number) => boolean;
} {
  const columns = start.b.data.length;
  const lowest = new Float64Array(columns).fill(Infinity);
  const epochs = new Int32Array(columns);
  return {
    values: start,
    take(epoch, values, losses) {
      losses.forEach((loss, column) => {
        if (!(loss < lowest[column]!)) return;
        [lowest[column], epochs[column]] = [loss, epoch];
        start.b.data[column] = values.b.data[column]!;
        for (let at = column; at < start.w.data.length; at += columns) start.w.data[at] = values.w.data[at]!;
      });
    },
    hasEnded: (epoch, patience) => epochs.every((best) => epoch - best >= patience),
  };
}

/** The mean of a head's members. Features that are hidden from a member have weight 0 in it from the start to the end. */
function meanHead(
  { w, b }: DenseValues,
  { width, heads, members }: DenseShape,
  head: number,
  classes: ClassWeights,
): LinearHead {
  const meanAt = (data: HostTensor["data"], row: number): number => {
    let sum = 0;
    for (let member = 0; member < members; member++)
      sum += Number(data[row * heads * members + head * members + member]);
    return sum / members;
  };
  return {
    w: Float32Array.from({ length: width }, (_, row) => meanAt(w.data, row)),
    b: meanAt(b.data, 0) - classes.shift,
  };
}

/** Remembers the newest result alone. */
function lastOnly<Result>(make: (key: number) => Result): (key: number) => Result {
  let last: { key: number; result: Result } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, result: make(key) };
    return last.result;
  };
}
