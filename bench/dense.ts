/**
 * Trains the heads for segments and steps on files of preference data, and prints their held-out figures beside those of
 * scikit-learn's LogisticRegression on the same vectors and splits, as one JSON object.
 *
 *     npm run bench -- dense --data FILE... --python PYTHON [--seeds 5] [--encoder FOLDER --pooling mean] [--json]
 *
 * FILE has the import format, plain or gzipped; PYTHON has NumPy and scikit-learn. Each seed draws its own split by prompt:
 * a quarter tests, of the others a fifth validates. Thresholds are those with the highest F1 on the validation part, for all
 * alike. Figures are of all seeds' test rows together, their intervals from drawing prompts again; `sklearn` has C = 1 and
 * `sklearn_tuned` the C with the lowest validation loss.
 */
import { parseArgs } from "node:util";
import { builtInEncoder, encodeHashed } from "@/lib/encoders/hashed";
import { openOnnxEncoder } from "@/lib/encoders/onnx";
import { poolings } from "@/lib/encoders/schema";
import type { FeatureVector } from "@/lib/encoders/sparse";
import { collectDense, type DenseInstance } from "@/lib/reward/dense/collect";
import { denseDefaults } from "@/lib/reward/dense/config";
import {
  isPositive,
  trainableHeads,
  type DenseData,
  type DenseFeatures,
  type DenseTask,
} from "@/lib/reward/dense/data";
import { firstErrorOf, firstErrorThreshold } from "@/lib/reward/dense/first-error";
import {
  bestThreshold,
  confusion,
  f1,
  figureOf,
  share,
  type Counted,
  type Statistic,
} from "@/lib/reward/dense/figures";
import { logitOf } from "@/lib/reward/dense/logit";
import { trainTask } from "@/lib/reward/dense/train-dense";
import type { DenseConfig, FigureView } from "@/lib/reward/dense/schema";
import { areaUnderRoc } from "@/lib/stats/auc";
import { seededRandom } from "@/lib/stats/random";
import { readInstances } from "./dense/read-instances";
import { fitScikit } from "./dense/scikit";

const { values: flags } = parseArgs({
  options: {
    data: { type: "string", multiple: true, default: [] },
    python: { type: "string", default: "python3" },
    seeds: { type: "string", default: "5" },
    encoder: { type: "string" },
    pooling: { type: "string", default: "mean" },
    json: { type: "boolean", default: false },
  },
});
if (flags.data.length === 0) throw new Error("Say which files: --data FILE");
const config: DenseConfig = { ...denseDefaults, neutralSteps: "good", stepCut: "blank-line" };

/** Who made the logits. */
const makers = ["ours", "sklearn", "sklearn_tuned"] as const;
type Maker = (typeof makers)[number];
type Logits = Record<Maker, number[]>;

/** What the seeds' test rows come to, for one head. */
type Pool = {
  rows: number;
  positives: number;
  f1: Record<Maker, Counted[]>;
  accuracy: Record<Maker, Counted[]>;
  auc: Record<Maker, number[]>;
  firstError: Record<Maker, Counted[]>;
  differences: number[];
};

const files = [];
for (const file of flags.data) files.push(await measureFile(file));
console.log(JSON.stringify({ encoder: flags.encoder ?? "built-in", files }, null, flags.json ? undefined : 2));

async function measureFile(file: string): Promise<object> {
  const instances = readInstances(file);
  const all = collectDense(instances, { config, lmWeight: 0.5 });
  const vectors = new Map<string, FeatureVector>();
  const pools = new Map<string, Pool>();
  let trainSeconds = 0;
  for (let seed = 1; seed <= Number(flags.seeds); seed++) {
    const split = collectDense(
      instances.map((instance) => splitBy(instance, seed)),
      { config, lmWeight: 0.5 },
    );
    const features = await encode(split.texts, vectors);
    const data: DenseData = { ...split, features };
    for (const task of [split.segments, split.steps]) {
      const started = performance.now();
      const { measured } = await trainTask(task, { data, config, seed });
      trainSeconds += (performance.now() - started) / 1000;
      if (measured.length === 0) continue;
      const kept = trainableHeads(task).task;
      const scikit = await fitScikit(flags.python, kept, features);
      measured.forEach(({ head }, place) => {
        const ours = kept.rows.map((row) => logitOf(features, row, head));
        const { default: plain, tuned } = scikit[place]!;
        const logits: Logits = { ours, sklearn: plain, sklearn_tuned: tuned };
        const name = kept.heads[place]!;
        const pool = pools.get(name) ?? emptyPool();
        pools.set(name, pool);
        addSeed(pool, kept, place, logits);
        if (task === split.steps) addFirstErrors(pool, split.firstErrors, logits);
      });
    }
  }
  return {
    data: file.split("/").at(-1),
    prompts: new Set(instances.map(({ promptHash }) => promptHash)).size,
    segments: all.segments.rows.length,
    steps: all.steps.rows.length,
    train_seconds: round(trainSeconds),
    heads: Object.fromEntries([...pools].map(([name, pool]) => [name, shownPool(pool)])),
  };
}

/** The vectors of texts, of which those that are `known` are not made again. */
async function encode(texts: readonly string[], known: Map<string, FeatureVector>): Promise<DenseFeatures> {
  const missing = texts.filter((text) => !known.has(text)).sort((a, b) => a.length - b.length);
  let { width } = builtInEncoder;
  if (flags.encoder === undefined) for (const text of missing) known.set(text, encodeHashed(text));
  else {
    const pooling = poolings.find((one) => one === flags.pooling)!;
    const encoder = await openOnnxEncoder({ folder: flags.encoder, pooling, version: null, threads: 2 });
    width = encoder.width;
    for (let start = 0; start < missing.length; start += 64) {
      const part = missing.slice(start, start + 64);
      const made = await encoder.encode(part);
      part.forEach((text, i) => known.set(text, made[i]!));
    }
    await encoder.dispose();
  }
  return { features: texts.map((text) => known.get(text)!), width };
}

/** A split of its own for each seed, by the prompt's hash and the seed. */
function splitBy(instance: DenseInstance, seed: number): DenseInstance {
  const random = seededRandom(Number.parseInt(instance.promptHash.slice(0, 7), 16) + seed * 7919);
  const drawn = [random(), random(), random()].at(-1)!;
  return { ...instance, split: drawn < 0.25 ? "test" : drawn < 0.4 ? "validation" : "train" };
}

function emptyPool(): Pool {
  const each = <Value>(): Record<Maker, Value[]> => ({ ours: [], sklearn: [], sklearn_tuned: [] });
  return { rows: 0, positives: 0, f1: each(), accuracy: each(), auc: each(), firstError: each(), differences: [] };
}

function addSeed(pool: Pool, task: DenseTask, head: number, logits: Logits): void {
  const placesOf = (split: "validation" | "test"): number[] =>
    task.rows.flatMap((row, i) => (row.split === split && row.weights[head]! > 0 ? [i] : []));
  const judged = (maker: Maker, i: number) => ({
    group: task.rows[i]!.group,
    logit: logits[maker][i]!,
    isPositive: isPositive(task.rows[i]!.targets[head]!),
  });
  const test = placesOf("test");
  const scores = {} as Record<Maker, number>;
  for (const maker of makers) {
    const threshold = bestThreshold(placesOf("validation").map((i) => judged(maker, i)));
    const rows = test.map((i) => judged(maker, i));
    const counted = rows.map((row) => ({ group: row.group, counts: confusion(row, threshold) }));
    pool.f1[maker].push(...counted);
    scores[maker] = figureOf(counted, f1, seededRandom(1))?.value ?? 0;
    const right = rows.map((row) => ({ row, called: row.logit >= threshold }));
    pool.accuracy[maker].push(
      ...right.map(({ row, called }) => ({ group: row.group, counts: [Number(called === row.isPositive), 1] })),
    );
    const auc = areaUnderRoc(
      rows.map(({ logit }) => logit),
      rows.map((row) => row.isPositive),
    );
    if (auc !== null) pool.auc[maker].push(auc);
  }
  pool.rows += test.length;
  pool.positives += test.filter((i) => judged("ours", i).isPositive).length;
  pool.differences.push(scores.ours - scores.sklearn);
}

function addFirstErrors(pool: Pool, firstErrors: DenseData["firstErrors"], logits: Logits): void {
  const of = (split: "validation" | "test") => firstErrors.filter((one) => one.split === split);
  for (const maker of makers) {
    const threshold = firstErrorThreshold(of("validation"), logits[maker]);
    pool.firstError[maker].push(
      ...of("test").map(({ group, from, to, firstError }) => ({
        group,
        counts: [Number(firstErrorOf(logits[maker].slice(from, to), threshold) === firstError), 1],
      })),
    );
  }
}

function shownPool(pool: Pool): object {
  const mean = (values: readonly number[]) => round(values.reduce((sum, value) => sum + value, 0) / values.length);
  const byMaker = (of: Record<Maker, Counted[]>, statistic: Statistic) => ({
    ...Object.fromEntries(makers.map((maker) => [maker, shown(figureOf(of[maker], statistic, seededRandom(1)))])),
    ...Object.fromEntries(
      (["sklearn", "sklearn_tuned"] as const).map((other) => [
        `ours_less_${other}`,
        shown(figureOf(paired(of.ours, of[other]), lessOf(statistic), seededRandom(1))),
      ]),
    ),
  });
  const base = pool.positives / pool.rows;
  return {
    test_rows: pool.rows,
    base_rate: round(base),
    f1_of_marking_all: round((2 * base) / (1 + base)),
    f1: byMaker(pool.f1, f1),
    f1_differences_by_seed: pool.differences.map(round),
    auc: Object.fromEntries(makers.map((maker) => [maker, mean(pool.auc[maker])])),
    accuracy: byMaker(pool.accuracy, share),
    ...(pool.firstError.ours.length > 0 && { first_error: byMaker(pool.firstError, share) }),
  };
}

function paired(a: readonly Counted[], b: readonly Counted[]): Counted[] {
  return a.map(({ group, counts }, i) => ({ group, counts: [...counts, ...b[i]!.counts] }));
}

function lessOf(statistic: Statistic): Statistic {
  return (sums) => {
    const [first, second] = [statistic(sums.slice(0, sums.length / 2)), statistic(sums.slice(sums.length / 2))];
    return first === null || second === null ? null : first - second;
  };
}

/** [value, low, high] */
function shown(figure: FigureView | null): number[] | null {
  return figure && [figure.value, ...figure.interval].map(round);
}

function round(value: number): number {
  return Number(value.toFixed(4));
}
