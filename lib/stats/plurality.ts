/** One voter's value and what it counts beside others; weights are above 0. */
export type Weighted<T> = { readonly value: T; readonly weight: number };

export type Plurality<T> = {
  /** Null in a draw. */
  answer: T | null;
  /** Share of the weight that is on `answer`, in [0, 1]; 0 in a draw. */
  confidence: number;
  /** True when several answers share the most weight. */
  isDraw: boolean;
};

/** Relative difference below which two sums of weights are equal: ten votes of 0.1 are as much as one of 1. */
const tolerance = 1e-9;

/**
 * The answer with the most weight, argmax_v sum_a w_a 1[value_a = v]: a weighted plurality, which needs no half of the
 * weight. Several answers with the most weight decide nothing. Returns null without votes.
 */
export function plurality<T>(votes: Iterable<Weighted<T>>): Plurality<T> | null {
  const weights = new Map<T, number>();
  for (const { value, weight } of votes) weights.set(value, (weights.get(value) ?? 0) + weight);
  if (weights.size === 0) return null;
  const ahead = leaders([...weights]);
  if (ahead.length > 1) return { answer: null, confidence: 0, isDraw: true };
  const [answer] = ahead as [T];
  return { answer, confidence: weights.get(answer)! / sumOf([...weights.values()]), isDraw: false };
}

/** The options with the most weight, several where they are equal but for rounding. */
export function leaders<T>(options: readonly (readonly [option: T, weight: number])[]): T[] {
  const most = Math.max(...options.map(([, weight]) => weight));
  return options.filter(([, weight]) => weight >= most * (1 - tolerance)).map(([option]) => option);
}

/** Whether a part is more than half of a total, and not only by rounding. */
export function isMajority(part: number, total: number): boolean {
  return 2 * part > total * (1 + tolerance);
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
