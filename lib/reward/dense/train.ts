import { warmUpCosine } from "@/lib/graph/schedule";
import type { HostTensor } from "@/lib/graph/tensor";
import { openTraining, takeSteps, type Batch } from "@/lib/graph/training";
import { initialState } from "@/lib/graph/training-step";
import { bootstrapCounts, randomOrder, streamFor } from "@/lib/reward/training/sampling";
import { classWeights, weighted, type ClassWeights } from "./class-weights";
import type { DenseFeatures, DenseRow, DenseTask } from "./data";
import { columnsOf, denseMask, denseStart, denseStep, type DenseShape, type DenseValues } from "./head";
import type { LinearHead } from "./logit";
import { denseInputs } from "./rows";
import type { DenseConfig } from "./schema";

export type DenseProgress = { step: number; totalSteps: number; loss: number };

/** What each column learns from each row: its target and weight, [row][KC]. */
type Lesson = { targets: Float32Array; weights: Float32Array };

/**
 * Trains a logistic regression for each head on the vectors of the task's training rows, as the mean of K members that each
 * learn a bootstrap of the prompts and do not see all features. Rows of either kind weigh alike. The mean of linear members is
 * linear, so a head is one vector. On the CPU the same rows, config and seed give the same heads.
 *
 * The penalty holds the heads back, and no early stopping: epochs that are chosen on the validation part make the head look
 * better there than it is, and thresholds that are chosen there come out too high (on finegrained_qa F1 fell by .03).
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
  const train = task.rows.filter(({ split }) => split === "train");
  const classes = task.heads.map((_, head) => classWeights(train, head));
  const lesson = lessonOf(train, shape, classes, bootstrapsOf(train, shape, seed));
  const mask = denseMask(shape, config.maskedShare, seed);
  const step = denseStep(shape, config, train.length);
  const size = Math.max(1, Math.min(config.batchRows, Math.ceil(train.length / config.fewestSteps)));
  const epochSteps = Math.ceil(train.length / size);
  const totalSteps = epochSteps * config.epochs;
  const batchAt = (at: number): Batch => {
    const epoch = Math.ceil(at / epochSteps);
    const first = ((at - 1) % epochSteps) * size;
    const chosen = orderOf(epoch).subarray(first, first + size);
    const rows = Array.from(chosen, (place) => train[place]!);
    return { x: denseInputs(features, rows), ...pick(lesson, chosen, columnsOf(shape)), mask };
  };
  const orderOf = lastOnly((epoch) => randomOrder(train.length, streamFor(seed, "denseOrder", epoch)));
  const training = await openTraining({ step, state: initialState(step, denseStart(shape)) });
  try {
    await takeSteps({
      ...{ training, steps: totalSteps },
      batchesAt: (at) => [batchAt(at)],
      learningRateAt: (at) => learningRateAt(at, totalSteps, config),
      onStep: ({ step: taken, loss }) => onStep?.({ step: taken, totalSteps, loss: loss / columnsOf(shape) }),
    });
    const { tensors } = await training.read();
    const values = { w: tensors["w"]!, b: tensors["b"]! };
    return task.heads.map((_, head) => meanHead(values, shape, head, classes[head]!));
  } finally {
    await training.dispose();
  }
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
  bootstraps: readonly Float32Array[],
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
        lesson.weights[place] = weight * row.weights[head]! * bootstraps[member]![i]!;
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
