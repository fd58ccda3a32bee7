import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rankingVerdict } from "../ranking";
import { combineComparisons, type PairVerdict } from "./comparison";
import { combineRankings, combineTournament, type Game } from "./ranking";

const saying = (...ranks: number[]) => ({ kind: "ranking" as const, ranks });
const unread = { kind: "invalid" as const };

describe("rankings", () => {
  test("come to the order by mean rank, by hand", () => {
    // Mean ranks 4/3, 2, 8/3. Of the three, two put each of 0-1 and 1-2, and all but one 0-2, as the result does.
    expect(combineRankings([saying(1, 2, 3), saying(1, 3, 2), saying(2, 1, 3)])).toEqual({
      ...{ outcome: "answered", payload: { ranks: [1, 2, 3] }, basis: "samples" },
      confidence: expect.closeTo((2 / 3 + 1 + 2 / 3) / 3) as number,
    });
  });

  test("one alone stands, unreadable ones lower the confidence, and of none nothing is made", () => {
    expect(combineRankings([saying(2, 1, 1)])).toMatchObject({ payload: { ranks: [2, 1, 1] }, confidence: 1 });
    expect(combineRankings([saying(2, 1), unread])).toMatchObject({ payload: { ranks: [2, 1] }, confidence: 0.5 });
    expect(combineRankings([unread])).toMatchObject({ outcome: "invalid", payload: null });
    expect(combineRankings([])).toMatchObject({ outcome: "invalid" });
  });

  test("a judge that goes by position is inconsistent over an order and its reverse", () => {
    const asShown = { kind: "ranking" as const, ranks: [1, 2, 3], reasoning: null };
    const both = [rankingVerdict(asShown, [0, 1, 2]), rankingVerdict(asShown, [2, 1, 0])];
    expect(combineRankings(both)).toMatchObject({
      outcome: "inconsistent",
      payload: { ranks: [1, 1, 1] },
      confidence: 0,
    });
    expect(combineRankings([saying(1, 1), saying(1, 1)])).toMatchObject({ outcome: "answered", confidence: 1 });
  });

  test("neither their sequence nor the completions' names matter", () => {
    const rankings = fc.integer({ min: 2, max: 6 }).chain((n) =>
      fc.tuple(
        fc.array(fc.array(fc.integer({ min: 1, max: n }), { minLength: n, maxLength: n }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.shuffledSubarray([...Array(n).keys()], { minLength: n, maxLength: n }),
      ),
    );
    fc.assert(
      fc.property(rankings, ([all, names]) => {
        const renamed = (ranks: number[]) => names.map((name) => ranks[name]!);
        const before = combineRankings(all.map((ranks) => saying(...ranks)));
        const after = combineRankings([...all].reverse().map((ranks) => saying(...renamed(ranks))));
        expect(after.payload!.ranks).toEqual(renamed(before.payload!.ranks));
        expect(after.outcome).toBe(before.outcome);
        expect(after.confidence).toBeCloseTo(before.confidence);
      }),
    );
  });
});

describe("a tournament", () => {
  const verdict = (preferred: 0 | 1 | "tie" | null): PairVerdict => {
    if (preferred === null) return unread;
    return preferred === "tie" ? { kind: "tie" } : { kind: "preferred", preferred, strength: 1 };
  };
  const game = (i: number, j: number, preferred: 0 | 1 | "tie" | null, swapped = preferred): Game => ({
    pair: [i, j],
    joined: combineComparisons([[verdict(preferred), verdict(swapped)]]),
  });

  test("goes by the share of games won, ties and inconsistent ones half, by hand", () => {
    // Won: 0 both, 1 half of one, 2 half of one.
    expect(combineTournament(3, [game(0, 1, 0), game(0, 2, 0), game(1, 2, "tie")])).toEqual({
      ...{ outcome: "answered", payload: { ranks: [1, 2, 2] }, confidence: 1, basis: "orders" },
    });
    expect(combineTournament(3, [game(0, 1, 1), game(0, 2, 0, 1), game(1, 2, 0)])).toMatchObject({
      ...{ payload: { ranks: [2, 1, 2] }, confidence: 2 / 3 },
    });
  });

  test("a circle is inconsistent", () => {
    expect(combineTournament(3, [game(0, 1, 0), game(1, 2, 0), game(0, 2, 1)])).toMatchObject({
      ...{ outcome: "inconsistent", payload: { ranks: [1, 1, 1] }, confidence: 0 },
    });
  });

  test("goes on with an unreadable game, as long as each completion has half of its own", () => {
    expect(combineTournament(3, [game(0, 1, 0), game(1, 2, 0), game(0, 2, null)])).toMatchObject({
      ...{ outcome: "answered", payload: { ranks: [1, 2, 3] }, confidence: 2 / 3 },
    });
    expect(combineTournament(3, [game(0, 1, 0), game(1, 2, null), game(0, 2, null)]).outcome).toBe("invalid");
    expect(combineTournament(2, []).outcome).toBe("invalid");
  });

  test("of a consistent judge it is the judge's own order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 6 }), (worth) => {
        const games = worth.flatMap((w, j) =>
          worth.slice(0, j).map((v, i) => game(i, j, v === w ? "tie" : v < w ? 0 : 1)),
        );
        const { outcome, payload, confidence } = combineTournament(worth.length, games);
        expect(outcome).toBe("answered");
        expect(confidence).toBe(1);
        for (const [j, w] of worth.entries())
          for (const [i, v] of worth.entries())
            expect(Math.sign(payload!.ranks[i]! - payload!.ranks[j]!)).toBe(Math.sign(v - w));
      }),
    );
  });
});
