/** An answer to a comparison: the first of the pair, the second, or neither. */
export type Vote = 0 | 1 | "tie";

export type VoteCounts = Readonly<Record<"0" | "1" | "tie", number>>;

export type Majority = {
  answer: Vote;
  counts: VoteCounts;
  /** Share of the votes that equal `answer`, in [0, 1]; of a draw too, so 0 where nobody voted for a tie. */
  confidence: number;
  /** True when no single answer has the most votes; `answer` is then "tie". */
  isDraw: boolean;
};

const answers = [0, 1, "tie"] as const;

/**
 * Plurality: the answer with the most votes wins; a tie is an answer like the others. Where two or three answers share
 * the most votes, nothing was decided and the answer is "tie", marked as a draw. Returns null without votes.
 */
export function majority(votes: Iterable<Vote>): Majority | null {
  const counts = { "0": 0, "1": 0, tie: 0 };
  for (const vote of votes) counts[vote]++;
  const total = counts[0] + counts[1] + counts.tie;
  if (total === 0) return null;
  const most = Math.max(counts[0], counts[1], counts.tie);
  const leaders = answers.filter((answer) => counts[answer] === most);
  const isDraw = leaders.length > 1;
  const answer = isDraw ? "tie" : leaders[0]!;
  return { answer, counts, confidence: counts[answer] / total, isDraw };
}
