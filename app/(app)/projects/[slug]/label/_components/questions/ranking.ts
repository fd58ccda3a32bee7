import type { AnswerOf, AssignmentView } from "@/lib/assignments/schema";
import type { QuestionType } from "./question-type";

type Ranks = (number | null)[];

/** The completions as cards: digits place the one in focus, arrows go to the others, = ties with the one ranked above. */
export const ranking: QuestionType<"ranking"> = {
  parts: ({ name, definition }, { completions }) =>
    completions.map((_, completion) => ({ name, definition, completion })),
  isAnswered: ({ answer }, part) => answer?.ranks[part] != null,
  onKey(key, { answer, assignment }, part) {
    const count = assignment.completions.length;
    const ranks = ranksOf(answer, assignment);
    if (key === "ArrowRight" || key === "ArrowDown") return { part: Math.min(part + 1, count - 1) };
    if (key === "ArrowLeft" || key === "ArrowUp") return { part: Math.max(part - 1, 0) };
    if (key === "=") {
      const tied = tieWithAbove(ranks, part);
      return tied === null ? {} : { answer: { ranks: tied } };
    }
    // The tenth rank is on the key after 9.
    const rank = key === "0" ? 10 : Number(key);
    return rank >= 1 && rank <= count ? { answer: { ranks: place(ranks, part, rank) } } : null;
  },
};

/** The ranks of all completions shown, null for those not placed yet. */
export function ranksOf(answer: AnswerOf<"ranking"> | undefined, { completions }: AssignmentView): Ranks {
  return completions.map((_, position) => answer?.ranks[position] ?? null);
}

/** Places one completion; the others stay where they are, so that an equal rank is a tie. */
export function place(ranks: Ranks, position: number, rank: number): Ranks {
  return ranks.map((before, index) => (index === position ? rank : before));
}

/** Gives a completion the rank of the one just above it, or of the worst so far while it has none; null when none is above. */
export function tieWithAbove(ranks: Ranks, position: number): Ranks | null {
  const own = ranks[position] ?? Infinity;
  const above = ranks.filter((rank, index) => index !== position && rank !== null && rank < own) as number[];
  return above.length === 0 ? null : place(ranks, position, Math.max(...above));
}
