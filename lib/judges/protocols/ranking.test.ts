import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { denseRanks } from "@/lib/stats/rankings";
import { aJudgeQuestion } from "@/lib/testing/judge-questions";
import { ranking, rankingVerdict } from "./ranking";

const four = aJudgeQuestion("ranking", { completions: ["a", "b", "c", "d"] });
const parse = (text: string) => ranking.parse({ text }, four);

describe("an answer", () => {
  test.each([
    ['{"order": ["B", "A", "D", "C"]}', [2, 1, 4, 3]],
    ['{"order": ["D", ["A", "C"], "B"]}', [2, 3, 2, 1]],
    ['{"order": [["A", "B", "C", "D"]]}', [1, 1, 1, 1]],
    ['Draft {"order": ["A", "B", "C", "D"]}, then {"order": [["B"], "A", "D", "C"]}', [2, 1, 4, 3]],
  ])("%s", (text, ranks) => {
    expect(parse(text)).toEqual({ kind: "ranking", ranks, reasoning: null });
  });

  test.each([
    ['{"order": "B > A > D > C"}', '"order" is "B > A > D > C", which is not a list of letters'],
    ['{"order": ["B", "A", "D"]}', '"order" holds "C" not at all'],
    ['{"order": ["B", "A", "D", "C", "B"]}', '"order" holds "B" 2 times'],
    ['{"order": ["B", "A", "D", "C", "E"]}', '"order" holds "E", which is not a letter from "A" to "D"'],
    ['{"order": ["b", "A", "D", "C"]}', '"order" holds "b", which is not a letter from "A" to "D"'],
    ['{"order": ["B", "A", "D", "C", []]}', '"order" holds an empty list'],
    ['{"order": ["B", ["A", ["D", "C"]]]}', '"order" holds ["D","C"], which is not a letter from "A" to "D"'],
    ['{"ranking": ["B", "A", "D", "C"]}', '"order" is missing, which is not a list of letters'],
    ["B, A, D, C", "it contains no JSON object"],
  ])("%s is invalid: %s", (text, problem) => {
    expect(parse(text)).toEqual({ kind: "invalid", problem });
  });

  test("ten completions go from A to J", () => {
    const ten = aJudgeQuestion("ranking", { completions: [..."abcdefghij"] });
    const order = [..."JIHGFEDCBA"];
    expect(ranking.parse({ text: JSON.stringify({ order }) }, ten)).toMatchObject({
      ranks: [10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
    });
    expect(ranking.describeAnswer(ten)).toContain('from "A" to "J"');
  });

  test("what is written is read back", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(4), { minLength: 2, maxLength: 10 }),
        fc.option(fc.constant("why")),
        (all, reasoning) => {
          const said = { kind: "ranking" as const, ranks: denseRanks(all), reasoning };
          const question = aJudgeQuestion("ranking", { completions: all.map(String) });
          expect(ranking.parse({ text: JSON.stringify(ranking.write(said, question)) }, question)).toEqual(said);
        },
      ),
    );
  });
});

test("the ranks of what was shown go back to the completions", () => {
  const said = { kind: "ranking" as const, ranks: [1, 2, 3], reasoning: null };
  expect(rankingVerdict(said, [2, 0, 1]).ranks).toEqual([2, 3, 1]);
  expect(rankingVerdict(said, [0, 1, 2]).ranks).toEqual([1, 2, 3]);
});
