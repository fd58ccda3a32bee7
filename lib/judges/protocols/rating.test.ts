import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RatingScale } from "@/lib/projects/schema";
import { aJudgeQuestion, answerTokens } from "@/lib/testing/judge-questions";
import { rating } from "./rating";
import { isOnScale, roundToScale, valuesOf } from "./rating-scale";

const points: RatingScale = { kind: "points", points: 5 };
const range: RatingScale = { kind: "range", min: 0, max: 1, step: 0.1 };
const words: RatingScale = {
  kind: "categories",
  categories: [
    { value: "bad", name: "Not good" },
    { value: "good", name: "good" },
  ],
};
const parse = (text: string, scale: RatingScale = points) =>
  rating.parse({ text }, aJudgeQuestion("rating", { scale }));

describe("an answer", () => {
  test.each([
    ['{"value": 4}', points, 4],
    ['{"value": 4.0}', points, 4],
    ['{"value": 0.3}', range, 0.3],
    ['{"value": 1}', range, 1],
    ['{"value": "good"}', words, "good"],
    ["Fine. [[4]]", points, 4],
    ["[[0.7]]", range, 0.7],
  ])("%s", (text, scale, value) => {
    expect(parse(text, scale)).toEqual({ kind: "rating", value, expected: null, reasoning: null });
  });

  test.each([
    ['{"value": "4"}', points, '"value" is "4", which is not a whole number from 1 (the lowest) to 5 (the highest)'],
    ['{"value": 4.5}', points, '"value" is 4.5, which is not a whole number from 1 (the lowest) to 5 (the highest)'],
    ['{"value": 0}', points, '"value" is 0, which is not a whole number from 1 (the lowest) to 5 (the highest)'],
    ['{"value": 0.35}', range, '"value" is 0.35, which is not a number from 0 to 1 in steps of 0.1'],
    ['{"rating": 4}', points, '"value" is missing, which is not a whole number from 1 (the lowest) to 5 (the highest)'],
    ["[[9]]", points, '"value" is 9, which is not a whole number from 1 (the lowest) to 5 (the highest)'],
    ["[[good]]", words, "it contains no JSON object"],
    [
      '{"value": "Good"}',
      words,
      '"value" is "Good", which is not one of these words, the lowest first: "bad" or "good". "bad" means: Not good',
    ],
  ])("%s is invalid: %s", (text, scale, problem) => {
    expect(parse(text, scale)).toEqual({ kind: "invalid", problem });
  });

  test("what is written is read back", () => {
    const value = fc.constantFrom(...valuesOf(range)!, ...valuesOf(words)!);
    fc.assert(
      fc.property(value, fc.option(fc.constant("why")), (one, reasoning) => {
        const question = aJudgeQuestion("rating", { scale: typeof one === "string" ? words : range });
        const said = { kind: "rating" as const, value: one, expected: null, reasoning };
        expect(rating.parse({ text: JSON.stringify(rating.write(said, question)) }, question)).toEqual(said);
      }),
    );
  });
});

describe("the expectation", () => {
  const answer = (choices: Record<string, number>, scale: RatingScale = points) => {
    const tokens = answerTokens('{"value": ', choices, "}");
    return rating.parse({ text: tokens.map(({ text }) => text).join(""), tokens }, aJudgeQuestion("rating", { scale }));
  };

  test("is the mean of the scale's values over what their tokens have, by hand", () => {
    // (4 * .6 + 5 * .36) / .96
    expect(answer({ "4": 0.6, "5": 0.36, x: 0.04 })).toMatchObject({
      value: 4,
      expected: expect.closeTo(4.375) as number,
    });
  });

  test("is null where the values have less than nine tenths, and of words", () => {
    expect(answer({ "4": 0.6, x: 0.4 })).toMatchObject({ value: 4, expected: null });
    const tokens = answerTokens('{"value": "', { good: 0.9, bad: 0.1 }, '"}');
    const question = aJudgeQuestion("rating", { scale: words });
    expect(rating.parse({ text: '{"value": "good"}', tokens }, question)).toMatchObject({ expected: null });
  });
});

describe("a scale", () => {
  test("has values without the rounding errors of steps", () => {
    expect(valuesOf(range)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(valuesOf({ kind: "range", min: 0, max: 100, step: 0.001 })).toBeNull();
    expect(valuesOf({ kind: "range", min: -1, max: 1.2, step: 0.5 })).toEqual([-1, -0.5, 0, 0.5, 1]);
  });

  test("rounds to its nearest value, half a step up, and never past its ends", () => {
    expect([0, 1.49, 1.5, 4.9, 9].map((value) => roundToScale(value, points))).toEqual([1, 1, 2, 5, 5]);
    expect(roundToScale(0.25, range)).toBe(0.3);
    fc.assert(
      fc.property(fc.double({ min: -2, max: 2, noNaN: true }), (value) => {
        const rounded = roundToScale(value, range);
        expect(isOnScale(rounded, range)).toBe(true);
        if (value >= 0 && value <= 1) expect(Math.abs(rounded - value)).toBeLessThanOrEqual(0.05 + 1e-6);
      }),
    );
  });
});
