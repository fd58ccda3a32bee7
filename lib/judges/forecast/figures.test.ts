import { expect, test } from "vitest";
import { forecastSeconds, forecastVerdicts, type PaidVerdict } from "./figures";

const prices = { inputPriceMicros: 1_000_000, outputPriceMicros: 2_000_000, maxOutputTokens: 1024 };

function paidVerdicts(inputs: number[]): PaidVerdict[] {
  return inputs.map((inputTokens) => ({
    ...{ inputTokens, outputTokens: 50, latencyMs: 3_000, requests: 1, estimatedTokens: 100 },
  }));
}

test("without verdicts the rule of thumb decides, with wide bounds", () => {
  const { basis, inputTokens, costMicros } = forecastVerdicts(10, { estimates: [100, 300], paid: [] }, prices);
  expect(basis).toBe("texts");
  expect(inputTokens).toEqual({ low: 1200, expected: 2000, high: 3200 });
  expect(costMicros).toEqual({ low: 1200 + 1000, expected: 2000 + 3000, high: 3200 + 10_000 });
});

test("an answer is never expected to be longer than it may be", () => {
  const short = { ...prices, maxOutputTokens: 100 };
  expect(forecastVerdicts(1, { estimates: [1], paid: [] }, short).outputTokens).toEqual({
    low: 50,
    expected: 100,
    high: 100,
  });
});

test("verdicts correct the rule of thumb, and longer texts to come cost more", () => {
  const paid = paidVerdicts(Array.from({ length: 10 }, () => 130));
  const same = forecastVerdicts(100, { estimates: [200], paid }, prices);
  expect(same.basis).toBe("verdicts");
  // 1.3 tokens where the rule says 1, and texts twice as long; no spread.
  expect(same.inputTokens).toEqual({ low: 26_000, expected: 26_000, high: 26_000 });
  expect(same.costMicros.expected).toBe(36_000);
});

test("the interval is that of a sum drawn after a sample", () => {
  const paid = paidVerdicts([90, 110, 90, 110, 90, 110, 90, 110, 90, 110]);
  const { inputTokens } = forecastVerdicts(20, { estimates: [], paid }, prices);
  const half = 1.96 * Math.sqrt((1000 / 9) * (20 + 400 / 10));
  expect(inputTokens.expected).toBe(2000);
  expect(inputTokens.high - 2000).toBeCloseTo(half);
});

test("the slowest of answers, requests a minute and tokens a minute decides about the time", () => {
  const figures = forecastVerdicts(100, { estimates: [100], paid: [] }, prices);
  const none = { concurrency: 4, requestsPerMinute: null, tokensPerMinute: null };
  expect(forecastSeconds(figures, [], none)).toBeNull();
  expect(forecastSeconds(figures, paidVerdicts([1]), none)).toBe(75);
  expect(forecastSeconds(figures, paidVerdicts([1]), { ...none, requestsPerMinute: 10 })).toBe(600);
  expect(forecastSeconds(figures, [], { ...none, tokensPerMinute: 25_000 })).toBe(60);
});
