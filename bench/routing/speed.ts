import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { normal } from "@/lib/reward/training/sampling";
import type { LearnInput } from "@/lib/routing/learn/input";
import { learnFromMixes } from "@/lib/routing/learn/learn-from-mixes";
import { fitProxies, penaltyFor } from "@/lib/routing/learn/proxies";
import type { Column } from "@/lib/routing/learn/schema";
import { seededRandom } from "@/lib/stats/random";

const run = promisify(execFile);

const [pairs, width, mixes, columnCount] = [10_000, 384, 500, 40];

/** What scikit-learn answers: its seconds for all fits, and the weights of the first ones, fitted to the end. */
type Single = { seconds: number; version: string; weights: number[][] };

/**
 * How long a fit takes whose vectors are there: the whole of it, its reward models held out in five parts included, and
 * one reward model of all pairs for each mix, beside as many single fits of scikit-learn to the same pairs and labels with
 * the same penalty, one after the other in this run. scikit-learn's time is at its usual tolerance, which is looser than
 * ours; `largest_difference` is from its fits to the end, of the weights of a mix, relative to their length.
 */
export async function measureSpeed(python: string): Promise<object> {
  const input = madeInput(1);
  const learned = await learnFromMixes(input, { mixes, hidden: 0, seed: 1 });
  const labels = mixedLabels(input);
  const l2 = penaltyFor(input.vectors, width, 1);
  const before = performance.now();
  const proxies = await fitProxies({ vectors: input.vectors, width, rows: pairs, labels, l2, hidden: 0, seed: 1 });
  const together = (performance.now() - before) / 1000;
  const single = await fitSingly({ vectors: input.vectors, labels, l2 }, python);
  const ours = proxies.weights["w"]!.data as Float32Array;
  return {
    ...{ mixes, pairs, width, cores: os.availableParallelism(), load: os.loadavg()[0] },
    fit_s: learned.report.seconds,
    fit_proxies_s: learned.report.proxySeconds,
    ...{ together_s: together, converged: proxies.converged, scikit_learn: single.version },
    singly_s: single.seconds,
    times_faster: single.seconds / together,
    largest_difference: Math.max(...single.weights.map((own, mix) => relativeDifference(own, mix, ours))),
  };
}

/** Of the weights of one mix: |a - b| / |b|. */
function relativeDifference(own: readonly number[], mix: number, ours: Float32Array): number {
  const difference = own.reduce((sum, weight, j) => sum + (weight - ours[j * mixes + mix]!) ** 2, 0);
  return Math.sqrt(difference / own.reduce((sum, weight) => sum + weight ** 2, 0));
}

async function fitSingly(
  { vectors, labels, l2 }: { vectors: Float32Array; labels: Float32Array; l2: number },
  python: string,
): Promise<Single> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "tandem-routing-"));
  try {
    await writeFile(path.join(folder, "vectors.f32"), Buffer.from(vectors.buffer));
    await writeFile(path.join(folder, "labels.f32"), Buffer.from(labels.buffer));
    await writeFile(path.join(folder, "job.json"), JSON.stringify({ pairs, width, mixes, l2 }));
    await run(python, [path.join(import.meta.dirname, "sklearn_fits.py"), folder]);
    return JSON.parse(await readFile(path.join(folder, "fits.json"), "utf8")) as Single;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** People by one taste, with noise; a judge that errs where one column is, else at random. Vectors of length about 1. */
function madeInput(seed: number): LearnInput {
  const random = seededRandom(seed);
  const taste = Float64Array.from({ length: width }, () => normal(random));
  const vectors = Float32Array.from({ length: pairs * width }, () => normal(random) / Math.sqrt(width));
  const has = Array.from({ length: pairs }, () =>
    Int32Array.from(Array.from({ length: columnCount }, (_, column) => column).filter(() => random() < 0.3)),
  );
  const human = Float64Array.from({ length: pairs }, (_, i) => {
    const margin = taste.reduce((sum, weight, j) => sum + weight * vectors[i * width + j]!, 0);
    return Number(margin + 0.3 * normal(random) > 0);
  });
  const lm = human.map((label, i) => (random() < (has[i]![0] === 0 ? 0.5 : 0.1) ? 1 - label : label));
  const columns = Array.from({ length: columnCount }, (_, i): Column => ({ kind: "tag", tag: `tag: ${i}` }));
  return {
    ...{ vectors, width, human, lm, columns, has, words: columns.map((_, i) => `tag: ${i}`) },
    groups: Int32Array.from({ length: pairs }, (_, i) => i % (pairs / 2)),
    gold: new Uint8Array(pairs).fill(1),
  };
}

/** [pairs, mixes]: of each mix another share by people, at random. */
function mixedLabels({ human, lm }: LearnInput): Float32Array {
  const random = seededRandom(2);
  const shares = Float64Array.from({ length: mixes }, random);
  return Float32Array.from({ length: pairs * mixes }, (_, at) => {
    const pair = Math.floor(at / mixes);
    return random() < shares[at % mixes]! ? human[pair]! : lm[pair]!;
  });
}
