import { sumOf, type Weighted } from "./plurality";

/** Ranks of n things, one each: 1 or the lowest is best, equal is a tie. Only their order matters. */
export type Ranks = readonly number[];

export type RankingAggregate = {
  /** Without gaps: 1 = best, equal ranks are ties, the next rank counts on by one. */
  ranks: number[];
  /** Weighted mean of the mid-ranks of each, in [1, n]. */
  meanRanks: number[];
  /** margins[i][j]: weight that has i before j minus weight that has j before i, as a share of all, in [-1, 1]. */
  margins: number[][];
};

/** Difference below which two mean ranks are equal: sums of weights differ by rounding. */
const tolerance = 1e-9;

/**
 * Orders things by their weighted mean mid-rank, R_i = sum_a w_a rho_ai / sum w_a. It is Borda's count B_i with ties as
 * draws, half a win to each: B_i = sum_j w(i before j) + w(i ties j) / 2 = (n - R_i) sum w_a (Borda 1781; Black, The
 * Theory of Committees and Elections, 1958). The pairwise margins let cycles be seen that no order can show.
 * Equal mean ranks tie. Returns null without rankings; all rank the same things.
 */
export function aggregateRankings(rankings: readonly Weighted<Ranks>[]): RankingAggregate | null {
  if (rankings.length === 0) return null;
  const total = sumOf(rankings.map(({ weight }) => weight));
  const meanRanks = weightedMidRanks(rankings, total);
  const things = meanRanks.map((_, i) => i);
  const lead = (i: number, j: number) =>
    sumOf(rankings.map(({ value, weight }) => weight * Math.sign(value[j]! - value[i]!))) / total;
  return {
    ranks: denseRanks(meanRanks),
    meanRanks,
    // Adding 0 turns -0 into 0.
    margins: things.map((i) => things.map((j) => lead(i, j) + 0)),
  };
}

/**
 * Kendall's coefficient of concordance W in [0, 1], corrected for ties and generalised to weights: the sum of squares of
 * the weighted mean ranks about (n + 1)/2 over the weighted mean of each ranking's own. With equal weights it is
 * 12 S / (m^2 (n^3 - n) - m sum_a sum_t (t^3 - t)) (Kendall & Babington Smith 1939; Siegel & Castellan 1988).
 * 1 = all orders are the same. Null with fewer than two rankings, and where every ranking ties everything.
 */
export function concordance(rankings: readonly Weighted<Ranks>[]): number | null {
  if (rankings.length < 2) return null;
  const total = sumOf(rankings.map(({ weight }) => weight));
  const within = sumOf(rankings.map(({ value, weight }) => weight * squaresAboutMiddle(midRanks(value)))) / total;
  if (within === 0) return null;
  return Math.min(1, squaresAboutMiddle(weightedMidRanks(rankings, total)) / within);
}

/** Ranks 1 to n in which tied things share the mean of their places: 1, 2.5, 2.5, 4. */
export function midRanks(ranks: Ranks): number[] {
  return ranks.map((rank) => {
    const before = ranks.filter((other) => other < rank).length;
    const tied = ranks.filter((other) => other === rank).length;
    return before + (tied + 1) / 2;
  });
}

function weightedMidRanks(rankings: readonly Weighted<Ranks>[], total: number): number[] {
  const each = rankings.map(({ value, weight }) => ({ ranks: midRanks(value), weight }));
  return rankings[0]!.value.map((_, i) => sumOf(each.map(({ ranks, weight }) => weight * ranks[i]!)) / total);
}

function squaresAboutMiddle(ranks: Ranks): number {
  const middle = (ranks.length + 1) / 2;
  return sumOf(ranks.map((rank) => (rank - middle) ** 2));
}

/** Ranks by value, the lowest first. 1, 1, 2: what is equal but for rounding ties, and the next rank counts on by one. */
export function denseRanks(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const ranks = Array<number>(values.length).fill(1);
  let rank = 1;
  for (const [place, { value, index }] of order.entries()) {
    if (place > 0 && value - order[place - 1]!.value > tolerance) rank++;
    ranks[index] = rank;
  }
  return ranks;
}
