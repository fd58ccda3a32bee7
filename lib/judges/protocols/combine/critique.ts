import type { CritiqueSaid } from "../critique";
import { readable, unreadable, type Joined, type Unreadable } from "./joined";

export type CritiqueParts = Pick<CritiqueSaid, "text" | "quotes" | "rewrite">;

/** Texts have no mean: the first critique that could be read stands for all, with the share of the readable ones. */
export function combineCritiques(
  outcomes: readonly (({ kind: "critique" } & CritiqueParts) | Unreadable)[],
): Joined<CritiqueParts> {
  const read = readable(outcomes);
  const [first] = read;
  if (!first) return unreadable;
  const { text, quotes, rewrite } = first;
  return {
    outcome: "answered",
    payload: { text, quotes, rewrite },
    confidence: read.length / outcomes.length,
    basis: "samples",
  };
}
