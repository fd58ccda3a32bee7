import { aggregateRankings, denseRanks, type Ranks } from "@/lib/stats/rankings";
import { sumOf } from "@/lib/stats/plurality";
import type { JoinedComparison } from "./comparison";
import { readable, unreadable, type Joined, type Unreadable } from "./joined";

/** By index of completion, 1 = best, equal = tie, without gaps. */
export type RankingParts = { ranks: number[] };

/**
 * What rankings of the same completions, shown in several orders, come to: the order by mean rank, which is Borda's count
 * (`aggregateRankings`). The confidence is, averaged over all pairs of completions, the share of the rankings that put
 * the pair as the result does. Rankings that cancel each other out completely, as those of a judge that goes by
 * position do over an order and its reverse, are inconsistent: all tie.
 */
export function combineRankings(
  outcomes: readonly ({ kind: "ranking"; ranks: Ranks } | Unreadable)[],
): Joined<RankingParts> {
  const read = readable(outcomes).map(({ ranks }) => ranks);
  const aggregate = aggregateRankings(read.map((value) => ({ value, weight: 1 })));
  if (!aggregate) return unreadable;
  const { ranks } = aggregate;
  const agreeing = pairsOf(ranks.length).map(
    ([i, j]) => read.filter((one) => orderOf(one, i, j) === orderOf(ranks, i, j)).length / outcomes.length,
  );
  const isUndone = allTie(ranks) && !read.some(allTie);
  return {
    outcome: isUndone ? "inconsistent" : "answered",
    payload: { ranks },
    confidence: mean(agreeing),
    basis: "samples",
  };
}

/** What the comparisons of two completions, by index, came to. */
export type Game = { pair: readonly [number, number]; joined: JoinedComparison };

/**
 * The ranking that comparisons of every pair of n completions come to: by the share of the readable ones that a
 * completion won, ties and inconsistent ones half. A completion with fewer readable ones than unreadable leaves the
 * whole unreadable. The confidence is the mean over all pairs of that of the comparisons the result agrees with, 0 for
 * the others. A circle in which all tie although something was preferred is inconsistent.
 */
export function combineTournament(completions: number, games: readonly Game[]): Joined<RankingParts> {
  const shares = Array.from({ length: completions }, (_, i) => shareWon(i, games));
  if (shares.length < 2 || !shares.every((share) => share !== null)) return unreadable;
  const ranks = denseRanks(shares.map((share) => -share));
  const agreeing = games.map(({ pair: [i, j], joined: { payload, outcome, confidence } }) => {
    if (payload === null || outcome === "inconsistent") return 0;
    const said = payload.preferred === "tie" ? 0 : payload.preferred === 0 ? -1 : 1;
    return orderOf(ranks, i, j) === said ? confidence : 0;
  });
  const isUndone = allTie(ranks) && games.some(({ joined }) => joined.outcome !== "tie");
  return {
    outcome: isUndone ? "inconsistent" : "answered",
    payload: { ranks },
    confidence: mean(agreeing),
    basis: games.every(({ joined }) => joined.basis === "tokens") ? "tokens" : "orders",
  };
}

/** Null where more than half of a completion's games, or all, could not be read. */
function shareWon(completion: number, games: readonly Game[]): number | null {
  const own = games.filter(({ pair }) => pair.includes(completion));
  const points = own.flatMap(({ pair, joined: { payload } }) => {
    if (payload === null) return [];
    return payload.preferred === "tie" ? 0.5 : Number(pair[payload.preferred] === completion);
  });
  return points.length === 0 || 2 * points.length < own.length ? null : mean(points);
}

function pairsOf(n: number): [number, number][] {
  return Array.from({ length: n }, (_, j) => Array.from({ length: j }, (__, i): [number, number] => [i, j])).flat();
}

/** -1 with i before j, 1 with j before i, 0 where they tie. */
function orderOf(ranks: Ranks, i: number, j: number): number {
  return Math.sign(ranks[i]! - ranks[j]!);
}

function allTie(ranks: Ranks): boolean {
  return ranks.every((rank) => rank === ranks[0]);
}

function mean(values: readonly number[]): number {
  return sumOf(values) / values.length;
}
