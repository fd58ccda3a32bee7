import { expect, test } from "vitest";
import golden from "./consensus-golden.json";
import { aggregateRankings, concordance, midRanks } from "./rankings";

const weighted = (rankings: number[][], weights = rankings.map(() => 1)) =>
  rankings.map((value, i) => ({ value, weight: weights[i]! }));

test("three rankings by their mean ranks, with what each pair comes to", () => {
  const rankings = weighted([
    [1, 2, 3],
    [1, 3, 2],
    [2, 1, 3],
  ]);
  const { ranks, meanRanks, margins } = aggregateRankings(rankings)!;
  expect(ranks).toEqual([1, 2, 3]);
  expect(meanRanks).toEqual([4 / 3, 2, 8 / 3]);
  expect(margins).toEqual([
    [0, 1 / 3, 1],
    [-1 / 3, 0, 1 / 3],
    [-1, -1 / 3, 0],
  ]);
  // S = (4 - 6)^2 + 0 + (8 - 6)^2 = 8; W = 12 * 8 / (9 * 24).
  expect(concordance(rankings)).toBeCloseTo(4 / 9, 12);
});

test("ties share a rank, and the next rank counts on by one", () => {
  expect(midRanks([1, 2, 2, 3])).toEqual([1, 2.5, 2.5, 4]);
  const { ranks, margins } = aggregateRankings(weighted([[1, 2, 2, 7]]))!;
  expect(ranks).toEqual([1, 2, 2, 3]);
  expect(margins[1]).toEqual([-1, 0, 0, 1]);
});

test("a cycle ties, and the margins show it", () => {
  const cycle = weighted([
    [1, 2, 3],
    [3, 1, 2],
    [2, 3, 1],
  ]);
  const { ranks, margins } = aggregateRankings(cycle)!;
  expect(ranks).toEqual([1, 1, 1]);
  expect([margins[0]![1], margins[1]![2], margins[2]![0]]).toEqual([1 / 3, 1 / 3, 1 / 3]);
  expect(concordance(cycle)).toBe(0);
});

test("a person outweighs a judge of weight 0.5", () => {
  const rankings = weighted(
    [
      [1, 2, 3],
      [3, 2, 1],
    ],
    [1, 0.5],
  );
  expect(aggregateRankings(rankings)!.ranks).toEqual([1, 2, 3]);
  // Mean ranks 5/3, 2, 7/3: squares 2/9 over 2.
  expect(concordance(rankings)).toBeCloseTo(1 / 9, 12);
});

test("the same order is full concordance, and one ranking or ties alone have none", () => {
  expect(
    concordance(
      weighted([
        [1, 2],
        [3, 9],
      ]),
    ),
  ).toBe(1);
  expect(concordance(weighted([[1, 2]]))).toBeNull();
  expect(
    concordance(
      weighted([
        [1, 1],
        [4, 4],
      ]),
    ),
  ).toBeNull();
  expect(concordance([])).toBeNull();
  expect(aggregateRankings([])).toBeNull();
});

test.each(golden.rankings)("mean ranks, margins and W of $ranks are SciPy's", ({ ranks, weights, ...expected }) => {
  const found = aggregateRankings(weighted(ranks, weights))!;
  found.meanRanks.forEach((rank, i) => expect(rank).toBeCloseTo(expected.meanRanks[i]!, 10));
  found.margins.flat().forEach((margin, i) => expect(margin).toBeCloseTo(expected.margins.flat()[i]!, 10));
  if (expected.w !== null) expect(concordance(weighted(ranks, weights))).toBeCloseTo(expected.w, 10);
});
