import { expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/random";
import { firstErrorOf, firstErrorThreshold, measureFirstErrors } from "./first-error";
import { measureOneToMany, rankSolutions } from "./one-to-many";

const random = () => seededRandom(1);

test("the first error is the first step below the threshold", () => {
  expect(firstErrorOf([2, -1, -3], 0)).toBe(1);
  expect(firstErrorOf([2, -1, -3], -2)).toBe(2);
  expect(firstErrorOf([2, 1], 0)).toBe("none");
  expect(firstErrorOf([], 0)).toBe("none");
});

test("the threshold of first errors is learned from the validation part, the commonest from the training part", () => {
  // Steps around 2 are good and those around 1 bad.
  const logits = [2, 1, 2, 2.2, 1.1, 0.9, 2.1, 2];
  const at = (from: number, to: number, firstError: number | "none", split: "train" | "validation" | "test") => ({
    ...{ group: from, from, to, firstError, split },
  });
  const validation = [at(0, 2, 1, "validation"), at(2, 4, "none", "validation"), at(4, 6, 0, "validation")];
  const threshold = firstErrorThreshold(validation, logits);
  expect(threshold).toBeGreaterThan(1.1);
  expect(threshold).toBeLessThan(2);
  expect(firstErrorThreshold([], [])).toBe(0);
  const firstErrors = [at(0, 2, 1, "train"), ...validation, at(6, 8, "none", "test"), at(4, 6, 0, "test")];
  const found = measureFirstErrors({
    firstErrors,
    logits: { head: logits, logistic: [0, 0, 0, 0, 0, 0, 0, 0] },
    random,
  })!;
  expect(found).toMatchObject({ completions: 2, accuracy: { value: 1 }, majority: { value: 0 } });
  expect(found.logistic.value).toBe(0.5);
  expect(
    measureFirstErrors({ firstErrors: validation, logits: { head: logits, logistic: logits }, random }),
  ).toBeNull();
});

test("a right solution has to be strictly ahead, and ties hurt", () => {
  const wrong = [0.7, 0.9, 0.1].map((score) => ({ score, isRight: false }));
  expect(rankSolutions([{ score: 0.7, isRight: true }, ...wrong])).toEqual({
    ...{ isAhead: false, reciprocalRank: 1 / 3, bestOfN: 0 },
  });
  expect(rankSolutions([{ score: 0.9, isRight: true }, ...wrong])).toEqual({
    ...{ isAhead: false, reciprocalRank: 1 / 2, bestOfN: 1 / 2 },
  });
  expect(rankSolutions([{ score: 0.95, isRight: true }, ...wrong])).toMatchObject({ isAhead: true, bestOfN: 1 });
});

test("rules of aggregation differ where solutions have steps of different worth, and prompts with one kind are left out", () => {
  const good = [0.9, 0.2, 0.6, 0.6, 0.5, 0.5];
  const outcomes = [
    { group: 1, split: "test" as const, from: 0, to: 2, isRight: false },
    { group: 1, split: "test" as const, from: 2, to: 4, isRight: true },
    { group: 2, split: "test" as const, from: 4, to: 6, isRight: true },
  ];
  const found = measureOneToMany({ outcomes, good, random })!;
  expect(found).toMatchObject({ prompts: 1, solutions: 2, chance: 0.5 });
  const by = Object.fromEntries(found.by.map((each) => [each.aggregation, each.accuracy.value]));
  expect(by).toEqual({ min: 1, "soft-min": 1, product: 1, mean: 1, last: 1 });
  const first = { ...outcomes[0]!, to: 1 };
  expect(measureOneToMany({ outcomes: [first, outcomes[1]!], good, random })!.by[0]!.accuracy.value).toBe(0);
  expect(measureOneToMany({ outcomes: outcomes.slice(1), good, random })).toBeNull();
});
