import type { FeatureVector } from "@/lib/encoders/sparse";

/** A segment or step to learn from, or to be tested on. */
export type DenseRow = {
  /** Places in the list of features: of the prompt, of the text up to and with the piece, of the piece alone. */
  places: readonly [prompt: number, prefix: number, piece: number];
  /** The prompt group: rows of one group are never in two splits, and are drawn together. */
  group: number;
  split: "train" | "validation" | "test";
  /** For each head the share of the weight that says yes, in [0, 1]. */
  targets: readonly number[];
  /** For each head how much the row counts; 0 where nobody looked. */
  weights: readonly number[];
};

/** What one set of heads learns from: rows with a target for each. */
export type DenseTask = { heads: readonly string[]; rows: readonly DenseRow[] };

/** The vectors that rows refer to. */
export type DenseFeatures = { features: readonly FeatureVector[]; /** Numbers in one of them. */ width: number };

/** Below these numbers of rows of either kind no head is trained. */
export const fewestRows = { train: 10, validation: 2 } as const;

/** A row's majority: exactly half is none. */
export const isPositive = (target: number): boolean => target > 0.5;

/** The rows of a part that somebody looked at for a head. */
export function rowsFor(task: DenseTask, head: number, split: DenseRow["split"]): DenseRow[] {
  return task.rows.filter((row) => row.split === split && row.weights[head]! > 0);
}

export type PartCounts = { rows: number; positives: number; prompts: number };

export function countRows(task: DenseTask, head: number, split: DenseRow["split"]): PartCounts {
  const rows = rowsFor(task, head, split);
  return {
    rows: rows.length,
    positives: rows.filter(({ targets }) => isPositive(targets[head]!)).length,
    prompts: new Set(rows.map(({ group }) => group)).size,
  };
}

/** The task with those heads only that have enough rows of either kind, and the others' places. */
export function trainableHeads(task: DenseTask): { task: DenseTask; tooFew: number[] } {
  const isEnough = (head: number): boolean =>
    (["train", "validation"] as const).every((split) => {
      const { rows, positives } = countRows(task, head, split);
      return Math.min(positives, rows - positives) >= fewestRows[split];
    });
  const all = task.heads.map((_, head) => head);
  const kept = all.filter(isEnough);
  const pick = (values: readonly number[]): number[] => kept.map((head) => values[head]!);
  return {
    task: {
      heads: kept.map((head) => task.heads[head]!),
      rows: task.rows.map((row) => ({ ...row, targets: pick(row.targets), weights: pick(row.weights) })),
    },
    tooFew: all.filter((head) => !kept.includes(head)),
  };
}

/** A completion whose steps are rows one after the other, `from` up to but without `to`. */
export type Solution = { group: number; split: DenseRow["split"]; from: number; to: number };

/** All that the heads for segments and steps learn from and are measured on. */
export type DenseData = {
  features: DenseFeatures;
  /** A head for each category. */
  segments: DenseTask;
  /** One head: a step is good. Steps that nobody judged have weight 0. */
  steps: DenseTask;
  /** Completions of which annotators said where the first error is; draws are left out. */
  firstErrors: readonly (Solution & { firstError: number | "none" })[];
  /** Completions that are known to be right or wrong. */
  outcomes: readonly (Solution & { isRight: boolean })[];
  /** Rows that are not in the tasks because there were too many. */
  leftOut: number;
};
