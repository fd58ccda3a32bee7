import type { HashedWidth } from "@/lib/encoders/hashed";

/** Rewards of one completion. */
export type ThreadScores = {
  /** Of the text alone: the mean of the members. */
  reward: number;
  /** With length and format counted in. */
  rewardWithSides: number;
  /** Of the text alone, by each member. */
  members: number[];
};

/** What the thread is asked. `artifact` is given when it said that it does not have the model. */
export type ScorerRequest = {
  id: number;
  model: string;
  width: HashedWidth;
  completions: string[];
  artifact?: Uint8Array;
};

export type ScorerReply =
  | { id: number; kind: "scored"; scores: ThreadScores[] }
  | { id: number; kind: "unknown-model" }
  | { id: number; kind: "failed"; message: string };
