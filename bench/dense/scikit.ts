import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { DenseFeatures, DenseTask } from "@/lib/reward/dense/data";
import { denseInputs } from "@/lib/reward/dense/rows";

/** Logits of all rows by scikit-learn's logistic regression of one head. */
export type ScikitHead = { default: number[]; tuned: number[]; C: number };

/** Fits scikit-learn's LogisticRegression to every head of a task, on the same vectors and split; files go through a folder of their own. */
export async function fitScikit(python: string, task: DenseTask, features: DenseFeatures): Promise<ScikitHead[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "tandem-dense-"));
  try {
    const { data } = denseInputs(features, task.rows);
    await writeFile(path.join(folder, "rows.f32"), new Uint8Array(data.buffer));
    const heads = task.heads.map((_, head) => ({
      targets: task.rows.map(({ targets }) => targets[head]!),
      weights: task.rows.map(({ weights }) => weights[head]!),
    }));
    const splits = task.rows.map(({ split }) => split);
    await writeFile(path.join(folder, "task.json"), JSON.stringify({ width: 3 * features.width, heads, splits }));
    await promisify(execFile)(python, [path.join(import.meta.dirname, "fit.py"), folder]);
    return JSON.parse(await readFile(path.join(folder, "logits.json"), "utf8")) as ScikitHead[];
  } finally {
    await rm(folder, { recursive: true });
  }
}
