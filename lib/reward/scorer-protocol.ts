import type { Pooling } from "@/lib/encoders/schema";
import type { DenseRows, DenseScores } from "./dense/score-rows";

/** Rewards of one completion. */
export type ThreadScores = {
  /** Of the text alone: the mean of the members. */
  reward: number;
  /** With length and format counted in. */
  rewardWithSides: number;
  /** Of the text alone, by each member. */
  members: number[];
  /** What the version's parts say of it (lib/reward/training/score.ts), by the name of the output. */
  parts: Record<string, number[]>;
};

/** `artifact` is given when the thread said that it does not have the model. */
export type ScoreRequest = {
  id: number;
  kind: "score";
  model: string;
  width: number;
  completions: string[];
  /** One for each completion; null for those of the built-in encoder, which the thread makes. */
  vectors: Float32Array[] | null;
  /** Where the version weighs aspects by prompts: each prompt once, and for each completion the place of its own. */
  prompts?: { texts: string[]; places: number[] } | null;
  /** As `vectors`, of the prompts' texts. */
  promptVectors?: Float32Array[] | null;
  artifact?: Uint8Array;
};

export type EncodeRequest = {
  id: number;
  kind: "encode";
  /** The absolute path of a model's folder. */
  folder: string;
  pooling: Pooling;
  /** What the files must be; null for what they are now. */
  version: string | null;
  texts: readonly string[];
};

/** Segments and steps to be scored by the heads for them. */
export type DenseScoreRequest = {
  id: number;
  kind: "dense";
  model: string;
  width: number;
  texts: string[];
  /** One for each text; null for those of the built-in encoder, which the thread makes. */
  vectors: Float32Array[] | null;
  rows: DenseRows;
  artifact?: Uint8Array;
};

/** What the thread is asked. */
export type ScorerRequest = ScoreRequest | EncodeRequest | DenseScoreRequest;

export type ScorerReply =
  | { id: number; kind: "scored"; scores: ThreadScores[] }
  | { id: number; kind: "encoded"; version: string; width: number; vectors: Float32Array[] }
  | { id: number; kind: "dense-scored"; scores: DenseScores }
  | { id: number; kind: "unknown-model" }
  /** An encoder that cannot be used, in words for whoever chose it. */
  | { id: number; kind: "refused"; message: string }
  | { id: number; kind: "failed"; message: string };
