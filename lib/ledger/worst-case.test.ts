import { expect, test } from "vitest";
import { costOf, mostInputTokens, worstCase } from "./worst-case";

const prices = { inputPriceMicros: 2_000_000, outputPriceMicros: 8_000_000 };

test("every byte counts as a token, and so does what stands around messages", () => {
  expect(mostInputTokens([{ content: "hello" }])).toBe(5 + 32 + 128);
  expect(mostInputTokens([{ content: "hé" }, { content: "漢字" }])).toBe(3 + 6 + 64 + 128);
});

test("the worst case is all of it at the dearer price with the longest answer, rounded up", () => {
  expect(worstCase([{ content: "hello" }], 100, prices)).toBe(165 * 2 + 100 * 8);
  expect(worstCase([{ content: "hello" }], 100, { ...prices, cachedInputPriceMicros: 3_000_000 })).toBe(165 * 3 + 800);
  expect(worstCase([{ content: "" }], 1, { inputPriceMicros: 1, outputPriceMicros: 0 })).toBe(1);
  expect(worstCase([{ content: "free" }], 100, { inputPriceMicros: 0, outputPriceMicros: 0 })).toBe(0);
});

test("cached tokens cost what other input does, unless they have a price", () => {
  const tokens = { inputTokens: 1000, cachedInputTokens: 400, outputTokens: 10 };
  expect(costOf(tokens, prices)).toBe(2000 + 80);
  expect(costOf(tokens, { ...prices, cachedInputPriceMicros: 500_000 })).toBe(1200 + 200 + 80);
  expect(
    costOf({ inputTokens: 3, cachedInputTokens: 0, outputTokens: 0 }, { ...prices, inputPriceMicros: 500_000 }),
  ).toBe(2);
});
