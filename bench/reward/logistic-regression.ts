import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { writeDense } from "@/lib/encoders/sparse";
import { standardised, standardOf } from "@/lib/reward/training/batches";
import { completionsOf, isDecided, pairsOf, type TrainingData, type TrainingPair } from "@/lib/reward/training/data";
import { hardLabelOf } from "./read-file";

const run = promisify(execFile);

/** Log odds of the decided test pairs by what it was fitted on: the text's vectors, or those and the side features. */
export type LinearMargins = { text: number[]; textAndSides: number[] };

/** Fits scikit-learn's logistic regression on the same vectors and split as a reward model: what it has to beat. */
export async function fitLogisticRegression(data: TrainingData, python: string): Promise<LinearMargins> {
  const decided = data.pairs.filter(isDecided);
  const train = completionsOf(pairsOf(decided, "train")).map((completion) => data.sides[completion]!);
  const standard = standardOf(train);
  const sideWidth = train[0]!.length;
  const text = decided.map((pair) => differenceOf(pair, data));
  const textAndSides = decided.map(({ first, second }, i) => {
    const [a, b] = [first, second].map((place) => standardised(data.sides[place]!, standard)) as [number[], number[]];
    // A vector has length 1: sides of deviation 1 would hardly be penalised beside it.
    return Float32Array.of(...text[i]!, ...a.map((value, j) => (value - b[j]!) / 3));
  });
  const folder = await mkdtemp(path.join(os.tmpdir(), "tandem-logistic-"));
  try {
    const widths = { text: data.width, textAndSides: data.width + sideWidth };
    await writeRows(path.join(folder, "text.f32"), text);
    await writeRows(path.join(folder, "textAndSides.f32"), textAndSides);
    const job = {
      pairs: decided.length,
      widths,
      split: decided.map(({ split }) => split),
      first: decided.map(hardLabelOf),
    };
    await writeFile(path.join(folder, "job.json"), JSON.stringify(job));
    await run(python, [path.join(import.meta.dirname, "logistic_regression.py"), folder]);
    return JSON.parse(await readFile(path.join(folder, "margins.json"), "utf8")) as LinearMargins;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function differenceOf({ first, second }: TrainingPair, { features, width }: TrainingData): Float32Array {
  const [a, b] = [new Float32Array(width), new Float32Array(width)];
  writeDense(features[first]!, a, 0, width);
  writeDense(features[second]!, b, 0, width);
  return a.map((value, i) => value - b[i]!);
}

async function writeRows(file: string, rows: readonly Float32Array[]): Promise<void> {
  await writeFile(file, Buffer.concat(rows.map(({ buffer }) => Buffer.from(buffer))));
}
