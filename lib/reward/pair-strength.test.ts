import { expect, test } from "vitest";
import type { PairVote } from "@/lib/labels/votes";
import { ksDistance } from "./compare";
import { isCronMinute, requireCron } from "./cron";
import { pairStrength } from "./pair-strength";
import { partOf } from "./training-part";

const vote = (answer: PairVote["answer"], strength: number, source: PairVote["source"] = "human"): PairVote => ({
  ...{ source, answer, strength, bothBad: false, labelIds: [] },
});

test("a pair's strength is the weighted mean of its votes, on the side of their majority", () => {
  expect(pairStrength([vote(0, 1), vote(0, 0.5)], 0.5)).toEqual({ strength: 0.75, weight: 1 });
  expect(pairStrength([vote(1, -0.5), vote(0, 1, "lm")], 0.5)).toEqual({ strength: -1 / 3, weight: 1 });
  // Two slight votes against a strong one: the mean points the other way.
  expect(pairStrength([vote(1, -0.25), vote(1, -0.25), vote(0, 1)], 1)!.strength).toBeCloseTo(-1 / 3, 12);
});

test("ties and draws are no preference, AI alone weighs as its vote does, and votes of no weight say nothing", () => {
  expect(pairStrength([vote(0, 1), vote(1, -1)], 1)).toEqual({ strength: 0, weight: 1 });
  expect(pairStrength([vote("tie", 0)], 1)).toEqual({ strength: 0, weight: 1 });
  expect(pairStrength([vote(0, 1, "lm")], 0.25)).toEqual({ strength: 1, weight: 0.25 });
  expect(pairStrength([vote(0, 1, "lm")], 0)).toBeNull();
  expect(pairStrength([], 1)).toBeNull();
});

test("validation is a fifth of the train prompts, by digits that did not decide the split", () => {
  const hash = (digits: string): string => `00000000${digits}`.padEnd(64, "0");
  expect(partOf({ promptHash: hash("00000013"), split: "train" })).toBe("validation");
  expect(partOf({ promptHash: hash("00000014"), split: "train" })).toBe("train");
  expect(partOf({ promptHash: hash("00000013"), split: "test" })).toBe("test");
});

test("the distance of two samples is the largest gap between their distribution functions", () => {
  expect(ksDistance([1, 2, 3, 4], [1, 2, 3, 4])).toBe(0);
  expect(ksDistance([1, 2, 3, 4], [3, 4, 5, 6])).toBe(0.5);
  expect(ksDistance([1, 1, 1], [2, 2])).toBe(1);
});

test("a schedule of five fields is read in UTC, and others are refused", () => {
  const monday = new Date("2026-11-23T03:00:00Z");
  expect(isCronMinute("0 3 * * 1", monday)).toBe(true);
  expect(isCronMinute("*/15 3 * * *", monday)).toBe(true);
  expect(isCronMinute("0 4 * * 1", monday)).toBe(false);
  expect(() => requireCron("0 3 * *")).toThrow("five fields");
  expect(() => requireCron("61 3 * * *")).toThrow("cannot be read");
});
