/**
 * What all answers of a judge to one question come to, in all orders and samples: one vote, as they are not independent
 * of each other. "preferred" and "tie" are of comparisons, "answered" of all others; "inconsistent" are answers that
 * contradict each other so that none is ahead; "invalid" are those of which none could be read.
 */
export type Joined<Payload> = {
  outcome: "preferred" | "tie" | "inconsistent" | "answered" | "invalid";
  /** What is said, as far as the answers decide it; null where there is no label to be made of them. */
  payload: Payload | null;
  /** How far the answers agree with the payload, 0 to 1. Unreadable ones do not. */
  confidence: number;
  /** What the confidence was read from: several samples, the orders of a single one, or the probabilities of tokens. */
  basis: "samples" | "orders" | "tokens";
};

export type Unreadable = { kind: "invalid" };

export const unreadable = {
  ...{ outcome: "invalid", payload: null, confidence: 0, basis: "samples" },
} as const satisfies Joined<never>;

/** The answers that could be read. */
export function readable<T extends { kind: string }>(outcomes: readonly T[]): Exclude<T, Unreadable>[] {
  return outcomes.filter((one): one is Exclude<T, Unreadable> => one.kind !== "invalid");
}
