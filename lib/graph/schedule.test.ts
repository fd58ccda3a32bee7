import { expect, test } from "vitest";
import { warmUpCosine } from "./schedule";

const schedule = { peak: 0.4, warmUpSteps: 4, totalSteps: 11 };

test("the learning rate rises in a line, then falls along half a cosine", () => {
  const rates = Array.from({ length: 11 }, (_, i) => warmUpCosine(i + 1, schedule));
  expect(rates.slice(0, 4).map((rate) => Number(rate.toFixed(12)))).toEqual([0.1, 0.2, 0.3, 0.4]);
  // Half way down at step 4 + 8 / 2, and one eighth above the end at the last.
  expect(rates[7]).toBeCloseTo(0.2, 12);
  expect(rates[10]).toBeCloseTo(0.2 * (1 - Math.cos(Math.PI / 8)), 12);
  expect(rates.slice(3)).toEqual(rates.slice(3).toSorted((a, b) => b - a));
});

test("without a warm-up the first step is just below the peak", () => {
  expect(warmUpCosine(1, { peak: 1, warmUpSteps: 0, totalSteps: 1 })).toBeCloseTo(0.5, 12);
  expect(warmUpCosine(1, { peak: 1, warmUpSteps: 0, totalSteps: 1000 })).toBeGreaterThan(0.99999);
});
