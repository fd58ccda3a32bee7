import type { Column, ErrorModel, GainModel, LearnReport } from "./schema";

/** Pairs that people and an LM have labelled, as what is learned from. Everything is in the order of the pairs. */
export type LearnInput = {
  /** The features of the first completion less those of the second, [n, width], row by row. */
  vectors: Float32Array;
  width: number;
  /** The side that people prefer, and the LM: 1 the first, 0 the second, 0.5 a tie. */
  human: Float64Array;
  lm: Float64Array;
  /** The prompt of each: pairs of one prompt are never on both sides of a split. */
  groups: Int32Array;
  /** 1 where at least two people agree, so that it may be measured on. */
  gold: Uint8Array;
  columns: readonly Column[];
  words: readonly string[];
  /** The columns that each pair has, ascending. */
  has: readonly Int32Array[];
};

export type LearnOptions = {
  mixes: number;
  /** Width of the proxies' hidden layer; 0 for linear ones. */
  hidden: number;
  seed: number;
  /** Parts of 1. Throws to stop. */
  onProgress?: (done: number) => void;
};

export type Learned = { report: LearnReport; gain: GainModel; errors: ErrorModel };
