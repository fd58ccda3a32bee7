import { leaders } from "./plurality";

/** An answer to a comparison: the first of the pair, the second, or neither. */
export type Vote = 0 | 1 | "tie";

/** Votes, or the weight of votes, by answer. */
export type VoteCounts = Readonly<Record<"0" | "1" | "tie", number>>;

export type Decision = {
  answer: Vote;
  /** Share of the weight that is on `answer`, in [0, 1]; of a draw too, so 0 where nobody voted for a tie. */
  confidence: number;
  /** True when no single answer has the most weight; `answer` is then "tie". */
  isDraw: boolean;
};

export type Majority = Decision & { counts: VoteCounts };

const answers = [0, 1, "tie"] as const;

/**
 * Plurality: the answer with the most votes wins; a tie is an answer like the others. Where two or three answers share
 * the most votes, nothing was decided and the answer is "tie", marked as a draw. Returns null without votes.
 */
export function majority(votes: Iterable<Vote>): Majority | null {
  const counts = countVotes(votes);
  const decision = decideVotes(counts);
  return decision && { ...decision, counts };
}

export function countVotes(votes: Iterable<Vote>): VoteCounts {
  const counts = { "0": 0, "1": 0, tie: 0 };
  for (const vote of votes) counts[vote]++;
  return counts;
}

/** The plurality of counts or of summed weights (each at least 0), as `majority` has it. Null where their sum is 0. */
export function decideVotes(weights: VoteCounts): Decision | null {
  const total = weights[0] + weights[1] + weights.tie;
  if (total === 0) return null;
  const ahead = leaders(answers.map((answer) => [answer, weights[answer]] as const));
  const isDraw = ahead.length > 1;
  const answer = isDraw ? "tie" : ahead[0]!;
  return { answer, confidence: weights[answer] / total, isDraw };
}
