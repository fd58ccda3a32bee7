/**
 * Trains reward models on a file of preference data, prompt-wise cross-validated, and prints their held-out figures
 * beside the baselines as one JSON object.
 *
 *     npm run bench -- reward-core --data FILE [--folds 5] [--seed 1] [--threads 1] [--hidden 32] [--lr .002] [--ties half] [--json]
 *
 * FILE has the import format, plain or gzipped. A pair's label is the majority of its human comparisons and its strength
 * the difference of their shares; draws are ties. The prompts of a fold are its test part; of the other prompts a fifth
 * validate. All folds' test pairs are evaluated together. `linear_text` is a logistic regression on differences of the
 * text features, fitted exactly, its penalty chosen on the validation pairs: what any head on these features has to beat.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { encodeHashed, hashedEncoderVersion } from "@/lib/encoders/hashed";
import { sideFeatures } from "@/lib/encoders/side-features";
import { writeDense } from "@/lib/encoders/sparse";
import { rewardDefaults, stepPairs } from "@/lib/reward/training/config";
import { isDecided, outcomeOf, pairsOf, type TrainingData, type TrainingPair } from "@/lib/reward/training/data";
import { creditOf, evaluate, type Predicted, type RewardMetrics } from "@/lib/reward/training/evaluate";
import { shuffledLabelAccuracy } from "@/lib/reward/training/shuffled-control";
import { trainRewardModel } from "@/lib/reward/training/train-reward-model";
import { meanByGroup, type Estimate } from "@/lib/stats/bootstrap";
import { logLoss } from "@/lib/stats/calibration";
import { fitLogistic, linear } from "@/lib/stats/logistic";
import { majority, type Vote } from "@/lib/stats/majority";
import { seededRandom } from "@/lib/stats/random";

type Line = {
  prompt?: string;
  messages?: unknown[];
  completions: { text: string | null }[];
  labels: { kind: string; type: string; preferred?: Vote; pair?: [number, number] }[];
};

type Part = { rows: Float32Array[]; targets: number[] };

const { values: flags } = parseArgs({
  options: {
    data: { type: "string" },
    folds: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    threads: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
    hidden: { type: "string", default: String(rewardDefaults.hidden) },
    ties: { type: "string", default: rewardDefaults.ties },
    lr: { type: "string", default: String(rewardDefaults.learningRate) },
  },
});
if (!flags.data) throw new Error("Say which file: --data FILE");
const [folds, seed, threads] = [flags.folds, flags.seed, flags.threads].map(Number) as [number, number, number];
const config = {
  ...rewardDefaults,
  hidden: Number(flags.hidden),
  learningRate: Number(flags.lr),
  ties: flags.ties as "davidson" | "half",
};

const started = performance.now();
const { data, encodeSeconds } = load(flags.data);

const predictions: Predicted[] = [];
const linearCredits: number[] = [];
const correlations: number[] = [];
const epochs: number[] = [];
let shuffled: Estimate | null = null;
let [trainedPairs, trainSeconds] = [0, 0];
for (let fold = 0; fold < folds; fold++) {
  const split = { ...data, pairs: data.pairs.map((pair) => ({ ...pair, split: splitOf(pair.group, fold) })) };
  let steps = 0;
  const before = performance.now();
  const trained = await trainRewardModel({ ...split, config, seed: seed + fold, threads, onStep: () => void steps++ });
  trainSeconds += (performance.now() - before) / 1000;
  trainedPairs += steps * stepPairs(pairsOf(split.pairs, "train").length, config);
  predictions.push(trained.predicted);
  if (trained.memberCorrelation !== null) correlations.push(trained.memberCorrelation);
  epochs.push(...trained.bestEpochs);
  linearCredits.push(...linearTextCredits(split));
  if (fold === 0) shuffled = await shuffledLabelAccuracy({ ...split, config, seed, threads });
}

const pooled = pool(predictions);
const evaluation = evaluate(pooled, seed);
const decidedGroups = pooled.pairs.filter(isDecided).map(({ group }) => group);
const report = {
  data: flags.data.split("/").at(-1),
  encoder: hashedEncoderVersion,
  test_pairs: evaluation.pairs,
  test_ties: evaluation.ties,
  test_prompts: evaluation.prompts,
  folds,
  with_sides: shownMetrics(evaluation.withSides),
  without_sides: shownMetrics(evaluation.withoutSides),
  majority: shown(evaluation.baselines.majority),
  longer_wins: shown(evaluation.baselines.longerWins),
  side_features_only: shown(evaluation.baselines.sideFeaturesOnly),
  linear_text: shown(meanByGroup(linearCredits, decidedGroups, { random: seededRandom(seed) })),
  shuffled_label_accuracy: shown(shuffled),
  shuffled_label_pairs: shuffled?.values ?? 0,
  member_correlation: round(mean(correlations)),
  mean_best_epoch: round(mean(epochs)),
  train_pairs_per_s: Math.round(trainedPairs / trainSeconds),
  texts_per_s: Math.round(data.features.length / encodeSeconds),
  wall_s: round((performance.now() - started) / 1000),
};
console.log(JSON.stringify(report, null, flags.json ? undefined : 2));

function load(path: string): { data: TrainingData; encodeSeconds: number } {
  const bytes = readFileSync(path);
  const lines = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString().trim().split("\n");
  const places = new Map<string, number>();
  const placeOf = <Key>(map: Map<Key, number>, key: Key): number => {
    if (!map.has(key)) map.set(key, map.size);
    return map.get(key)!;
  };
  const groups = new Map<string, number>();
  const pairs: TrainingPair[] = [];
  for (const line of lines) {
    const { prompt, messages, completions, labels } = JSON.parse(line) as Line;
    const group = placeOf(groups, prompt ?? JSON.stringify(messages));
    const votes = new Map<string, Vote[]>();
    for (const { kind, type, preferred, pair = [0, 1] } of labels) {
      if (kind !== "human" || type !== "comparison" || preferred === undefined) continue;
      votes.set(pair.join(), [...(votes.get(pair.join()) ?? []), preferred]);
    }
    for (const [key, list] of votes) {
      const [first, second] = key.split(",").map((index) => completions[Number(index)]!.text) as [
        string | null,
        string | null,
      ];
      if (first === null || second === null) continue;
      pairs.push({
        first: placeOf(places, first),
        second: placeOf(places, second),
        group,
        split: "train",
        strength: strengthOf(list),
        weight: 1,
      });
    }
  }
  const all = [...places.keys()];
  const before = performance.now();
  const features = all.map((text) => encodeHashed(text));
  const encodeSeconds = (performance.now() - before) / 1000;
  return { data: { pairs, features, width: 1024, sides: all.map(sideFeatures) }, encodeSeconds };
}

function strengthOf(votes: readonly Vote[]): number {
  const { answer, counts } = majority(votes)!;
  if (answer === "tie") return 0;
  return (counts[0] - counts[1]) / votes.length;
}

/** Each prompt is in the test part of one fold; of the rest, every fifth validates. */
function splitOf(group: number, fold: number): TrainingPair["split"] {
  if (group % folds === fold) return "test";
  return Math.floor(group / folds) % 5 === 0 ? "validation" : "train";
}

function linearTextCredits({ pairs, features, width }: TrainingData): number[] {
  const dense = features.map((vector) => {
    const values = new Float32Array(width);
    writeDense(vector, values, 0, width);
    return values;
  });
  const difference = ({ first, second }: TrainingPair): Float32Array =>
    dense[first]!.map((value, i) => value - dense[second]![i]!);
  const [train, validation, test] = (["train", "validation", "test"] as const).map((part) => {
    const decided = pairsOf(pairs, part).filter(isDecided);
    return { rows: decided.map(difference), targets: decided.map(outcomeOf) };
  }) as [Part, Part, Part];
  const fits = [1, 3, 10].map((l2) => {
    const { coefficients } = fitLogistic({ ...train, width, l2 });
    return {
      coefficients,
      loss: logLoss(
        validation.rows.map((row) => linear(row, coefficients)),
        validation.targets,
      ),
    };
  });
  const { coefficients } = fits.toSorted((a, b) => a.loss - b.loss)[0]!;
  return test.rows.map((row, i) => creditOf(linear(row, coefficients), test.targets[i]!));
}

function pool(parts: readonly Predicted[]): Predicted {
  const margins = (kind: keyof Predicted["margins"]): number[] =>
    parts.flatMap((part) => Array.from(part.margins[kind]));
  return {
    pairs: parts.flatMap((part) => part.pairs),
    logLengthRatios: parts.flatMap((part) => Array.from(part.logLengthRatios)),
    margins: {
      withSides: margins("withSides"),
      withoutSides: margins("withoutSides"),
      majority: margins("majority"),
      longerWins: margins("longerWins"),
      sideFeaturesOnly: margins("sideFeaturesOnly"),
    },
  };
}

function shownMetrics({
  accuracy,
  accuracyAtSimilarLength,
  advantage,
  logLoss,
  auc,
  calibration,
}: RewardMetrics): object {
  return {
    accuracy: shown(accuracy),
    accuracy_at_similar_length: shown(accuracyAtSimilarLength),
    over_longer_wins: shown(advantage.longerWins),
    over_side_features_only: shown(advantage.sideFeaturesOnly),
    log_loss: round(logLoss),
    auc: round(auc),
    ece: round(calibration.error),
    ece_band: calibration.band.map(round),
  };
}

/** [mean, low, high] */
function shown(estimate: Estimate | null): (number | null)[] | null {
  return estimate && [estimate.mean, ...estimate.interval].map(round);
}

function round(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(4));
}

function mean(values: readonly number[]): number | null {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
}
