import type { BacktestCurve } from "../fits/schema";
import type { LearnInput } from "../learn/input";

/** One AI annotator's label of each unit, how sure it was of it (NaN where it did not say), and what it cost, if known. */
export type JudgeLabels = { label: Float64Array; confidence: Float64Array; costMicros: Float64Array | null };

/**
 * Units (pairs of completions, or what else was asked about) that people and an LM have labelled. Labels are numbers that
 * are equal where the answers are: of a pair 1 the first, 0 the second, 0.5 a tie. Everything is in the order of the units.
 */
export type BacktestInput = {
  /** What each person said of each unit, one label a person. */
  people: readonly Float64Array[];
  /** What most of them say; NaN where they are undecided. */
  human: Float64Array;
  lm: JudgeLabels;
  /** The prompt of each: units of one prompt are never on both sides of a split. */
  groups: Int32Array;
  /** What rewards and gains are learned from; null where there are no texts or too few pairs. */
  learning: Pick<LearnInput, "vectors" | "width" | "gold" | "columns" | "words" | "has"> | null;
  /** Two AI annotators that both labelled every unit, the one that is asked first coming first; null without two. */
  cascade: readonly [JudgeLabels, JudgeLabels] | null;
  /** What people cost for each unit, all that label it together; null where nothing has a price. */
  humanMicros: Float64Array | null;
};

/** Places of units: policies are made of `fit` and label the rest; of that, rewards learn from `pool` and are measured on `test`. */
export type Split = { fit: Int32Array; pool: Int32Array; test: Int32Array };

export type BacktestOptions = {
  /** One backtest each: see `drawSplits`. */
  splits: readonly Split[];
  shares: readonly number[];
  /** Of the learned policies, for each split. */
  mixes: number;
  /** Width of the proxies' hidden layer; 0 for linear ones. */
  hidden: number;
  seed: number;
  /** Parts of 1. Throws to stop. */
  onProgress?: (done: number) => void;
};

/** `backtest(input, options)` in ./backtest.ts answers with it. */
export type Backtest = { seeds: number; curves: BacktestCurve[] };

/** Of the logits of reward models before they see a label: see `penaltyFor`. */
export const logitSpread = 2;
