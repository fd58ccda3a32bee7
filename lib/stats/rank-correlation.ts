import { midRanks } from "./rankings";

/**
 * Spearman's rank correlation: Pearson's of the mid-ranks, so that ties are allowed. In [-1, 1]; null where either list
 * has fewer than two different values.
 */
export function spearman(a: readonly number[], b: readonly number[]): number | null {
  const [ranksA, ranksB] = [sortedMidRanks(a), sortedMidRanks(b)];
  const middle = (a.length + 1) / 2;
  let [both, squaresA, squaresB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [ranksA[i]! - middle, ranksB[i]! - middle];
    both += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  return squaresA === 0 || squaresB === 0 ? null : both / Math.sqrt(squaresA * squaresB);
}

/**
 * Kendall's tau-b ("The treatment of ties in ranking problems", 1945): (C - D) / sqrt((n - T_a) (n - T_b)) with C pairs
 * that both lists order alike, D that they order differently, and T pairs of n that a list ties. Null where a list ties
 * them all. Takes n^2 steps.
 */
export function kendallTauB(a: readonly number[], b: readonly number[]): number | null {
  let [lead, orderedA, orderedB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const [x, y] = [Math.sign(a[i]! - a[j]!), Math.sign(b[i]! - b[j]!)];
      lead += x * y;
      orderedA += Math.abs(x);
      orderedB += Math.abs(y);
    }
  }
  return orderedA === 0 || orderedB === 0 ? null : lead / Math.sqrt(orderedA * orderedB);
}

/** `midRanks` for long lists, in n log n steps. */
function sortedMidRanks(values: readonly number[]): number[] {
  if (values.length < 20) return midRanks(values);
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Array<number>(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
