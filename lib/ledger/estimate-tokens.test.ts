import { expect, test } from "vitest";
import { estimateTokens } from "./estimate-tokens";

test("scripts count by their own rule", () => {
  expect(estimateTokens("")).toBe(0);
  expect(estimateTokens("abcd efgh")).toBe(9 / 4);
  expect(estimateTokens("добро")).toBe(5 / 2.5);
  expect(estimateTokens("漢字かな")).toBeCloseTo(4 / 1.3);
  expect(estimateTokens("a漢")).toBeCloseTo(1 / 4 + 1 / 1.3);
});
