import { describe, expect, test } from "vitest";

import { numbersOf } from "@/app/_components/ui/numbers";
import { translatorOf } from "@/lib/testing/translator";
import { wordNats, wordSideFeature } from "./words";

const t = translatorOf("rewardModels");
const estimate = { mean: -0.0004, interval: [-0.0312, 0.03] as [number, number], values: 9, groups: 3 };

describe("a gain in nats", () => {
  test("has three digits, a real minus, and none before zeros", () => {
    expect(wordNats(estimate, "pair", numbersOf("en"), t)).toBe("0.000 nats a pair (−0.031 to 0.030)");
  });

  test("has its minus bound to the number where a language is written from the right", () => {
    expect(wordNats(estimate, "label", numbersOf("ar"), t)).toContain("\u200e−0.031");
  });
});

test("a feature that no text knows keeps its name", () => {
  expect(["log length", "emoji"].map((name) => wordSideFeature(name, t))).toEqual(["log length", "emoji"]);
});
