import { streamFor } from "@/lib/reward/training/sampling";
import type { ArtifactPart } from "@/lib/reward/training/score";
import { fitTemperature } from "@/lib/stats/calibration";
import { sigmoid } from "@/lib/stats/logistic";
import {
  countRows,
  isPositive,
  rowsFor,
  trainableHeads,
  type DenseData,
  type DenseFeatures,
  type DenseTask,
} from "./data";
import { fitExact } from "./exact-logistic";
import {
  bestThreshold,
  binaryFigures,
  confusion,
  countRight,
  f1,
  figureOf,
  share,
  type Judged,
  type Statistic,
} from "./figures";
import { measureFirstErrors } from "./first-error";
import { logitOf, type LinearHead } from "./logit";
import { measureOneToMany } from "./one-to-many";
import { segmentOutput, stepOutput } from "./outputs";
import { densePart } from "./part";
import type { DenseConfig, DenseHeadMetrics, DenseMetrics, FigureView } from "./schema";
import { trainDenseHeads, type DenseProgress } from "./train";

export type TrainedDense = {
  /** Null where no head had enough labels. */
  part: ArtifactPart | null;
  /** Null where there is no label of spans or steps. */
  metrics: Omit<DenseMetrics, "seconds"> | null;
};

/** A head with its own temperature in it, and the baseline's. */
export type MeasuredHead = { head: LinearHead; logistic: LinearHead; metrics: DenseHeadMetrics };

type Given = {
  data: DenseData;
  config: DenseConfig;
  seed: number;
  onStep?: (progress: DenseProgress) => void;
};

/**
 * Trains and measures the heads for segments, one for each category, and for steps, as far as there are labels: rows of the
 * training part set the parameters, those of the validation part temperatures and thresholds, those of the test part
 * nothing. The same data, config and seed give the same heads.
 */
export async function trainDense(given: Given): Promise<TrainedDense> {
  const { data } = given;
  const { features, segments, steps } = data;
  const bySegment = await trainTask(segments, given);
  const byStep = await trainTask(steps, given);
  const heads = [
    ...bySegment.measured.map(({ head, metrics }) => ({ output: segmentOutput(metrics.name), head })),
    ...byStep.measured.map(({ head }) => ({ output: stepOutput, head })),
  ];
  const [step] = byStep.measured;
  const hasLabels = segments.heads.length > 0 || steps.rows.length > 0;
  return {
    part: heads.length > 0 ? densePart(heads, features.width) : null,
    metrics: hasLabels
      ? {
          segments:
            segments.heads.length > 0
              ? { heads: bySegment.measured.map(({ metrics }) => metrics), tooFew: bySegment.tooFew }
              : null,
          steps: step ? measureSteps(step, given) : null,
          leftOut: data.leftOut,
        }
      : null,
  };
}

type TooFew = NonNullable<DenseMetrics["segments"]>["tooFew"];

/** The heads of a task that have enough labels, trained, calibrated and measured beside their baselines. */
export async function trainTask(
  all: DenseTask,
  { data, config, seed, onStep }: Given,
): Promise<{ measured: MeasuredHead[]; tooFew: TooFew }> {
  const { features } = data;
  const { task, tooFew } = trainableHeads(all);
  const trained =
    task.heads.length > 0 ? await trainDenseHeads({ task, features, config, seed, ...(onStep && { onStep }) }) : [];
  return {
    measured: trained.map((head, place) => measureHead({ task, features, place, head, seed })),
    tooFew: tooFew.map((head) => ({
      name: all.heads[head]!,
      train: countRows(all, head, "train"),
      validation: countRows(all, head, "validation"),
    })),
  };
}

function measureHead(given: {
  task: DenseTask;
  features: DenseFeatures;
  place: number;
  head: LinearHead;
  seed: number;
}): MeasuredHead {
  const { task, features, place, seed } = given;
  const validation = rowsFor(task, place, "validation");
  const temperature = fitTemperature(
    validation.map((row) => logitOf(features, row, given.head)),
    validation.map(({ targets }) => targets[place]!),
  );
  const head = { w: given.head.w.map((value) => value / temperature), b: given.head.b / temperature };
  const { head: logistic, rows } = fitExact({ task, features, head: place });
  const judge = (by: LinearHead, split: "validation" | "test"): Judged[] =>
    rowsFor(task, place, split).map((row) => ({
      group: row.group,
      logit: logitOf(features, row, by),
      isPositive: isPositive(row.targets[place]!),
    }));
  const [own, exact] = [head, logistic].map((by) => ({
    test: judge(by, "test"),
    threshold: bestThreshold(judge(by, "validation")),
  })) as [JudgedBy, JudgedBy];
  const random = () => streamFor(seed, "denseEvaluation", place);
  return {
    head,
    logistic,
    metrics: {
      name: task.heads[place]!,
      train: countRows(task, place, "train"),
      validation: countRows(task, place, "validation"),
      test: countRows(task, place, "test"),
      threshold: sigmoid(own.threshold),
      temperature,
      ...binaryFigures(own.test, own.threshold, random),
      logistic: { ...binaryFigures(exact.test, exact.threshold, random), rows },
      f1Advantage: difference(own, exact, (row, threshold) => confusion(row, threshold), f1, random),
      accuracyAdvantage: difference(own, exact, (row) => [...countRight(row).counts], share, random),
    },
  };
}

type JudgedBy = { test: Judged[]; threshold: number };

/** A figure of one less that of the other on the same rows, drawn together. */
function difference(
  own: JudgedBy,
  other: JudgedBy,
  count: (row: Judged, threshold: number) => number[],
  statistic: Statistic,
  random: () => ReturnType<typeof streamFor>,
): FigureView | null {
  const rows = own.test.map((row, i) => ({
    group: row.group,
    counts: [...count(row, own.threshold), ...count(other.test[i]!, other.threshold)],
  }));
  const both: Statistic = (sums) => {
    const half = sums.length / 2;
    const [first, second] = [statistic(sums.slice(0, half)), statistic(sums.slice(half))];
    return first === null || second === null ? null : first - second;
  };
  return figureOf(rows, both, random());
}

function measureSteps(
  { head, logistic, metrics }: MeasuredHead,
  { data, seed }: Given,
): NonNullable<DenseMetrics["steps"]> {
  const { features, steps, firstErrors, outcomes } = data;
  const random = () => streamFor(seed, "denseEvaluation", 1000);
  const logitsBy = (by: LinearHead): number[] => steps.rows.map((row) => logitOf(features, row, by));
  const [own, exact] = [logitsBy(head), logitsBy(logistic)];
  const usual = 2 * metrics.train.positives >= metrics.train.rows;
  return {
    head: metrics,
    majority: figureOf(
      rowsFor(steps, 0, "test").map(({ group, targets }) => ({
        group,
        counts: [Number(isPositive(targets[0]!) === usual), 1],
      })),
      share,
      random(),
    ),
    firstError: measureFirstErrors({ firstErrors, logits: { head: own, logistic: exact }, random }),
    oneToMany: measureOneToMany({
      outcomes: outcomes.filter(({ split }) => split === "test"),
      good: own.map(sigmoid),
      random,
    }),
  };
}
