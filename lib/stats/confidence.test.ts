import { expect, test } from "vitest";
import { confidenceBins, confidenceError, confidenceTemperature, temper } from "./confidence";

const known = { confidences: [0.95, 0.9, 0.85, 0.7, 0.65, 0.55], isRight: [true, true, false, true, false, true] };

test("the calibration error of six answers in five bins is the known one", () => {
  expect(confidenceError(known, 5)).toBeCloseTo(0.25, 10);
  expect(confidenceBins(known, 5).map(({ count }) => count)).toEqual([0, 0, 1, 2, 3]);
  expect(confidenceError({ confidences: [], isRight: [] })).toBe(0);
});

test("a confidence below one half stays in its bin, and 1 is in the last", () => {
  const bins = confidenceBins({ confidences: [0.31, 1], isRight: [true, true] });
  expect(bins[3]).toMatchObject({ count: 1, confidence: 0.31, accuracy: 1 });
  expect(bins[9]).toMatchObject({ count: 1, confidence: 1 });
});

test("answers that are surer than they are right get a temperature that makes them right", () => {
  // 90 % sure and right in three of four.
  const isRight = [true, true, true, false];
  const temperature = confidenceTemperature({ confidences: isRight.map(() => 0.9), isRight });
  expect(temperature).toBeCloseTo(2, 6);
  expect(temper(0.9, temperature)).toBeCloseTo(0.75, 6);
  expect(temper(1, 1)).toBeCloseTo(0.99, 10);
});
