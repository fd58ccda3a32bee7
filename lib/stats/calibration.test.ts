import { expect, test } from "vitest";
import {
  brierScore,
  calibratedBand,
  expectedCalibrationError,
  fitPower,
  fitScale,
  fitTemperature,
  logLoss,
  reliabilityBins,
  type Predictions,
} from "./calibration";
import { sigmoid } from "./logistic";
import { seededRandom } from "./random";

const six: Predictions = { probabilities: [0.95, 0.9, 0.85, 0.7, 0.65, 0.55], outcomes: [1, 1, 0, 1, 0, 1] };

test("calibration error and Brier score of six predictions, by hand", () => {
  expect(expectedCalibrationError(six, 5)).toBeCloseTo(0.25, 12);
  expect(brierScore(six)).toBeCloseTo(0.24167, 5);
});

test("a prediction for the second completion is the same prediction seen from the other side", () => {
  const swapped = { probabilities: [0.05, 0.9, 0.15, 0.7, 0.35, 0.55], outcomes: [0, 1, 1, 1, 1, 1] };
  expect(expectedCalibrationError(swapped, 5)).toBeCloseTo(0.25, 12);
});

test("a tie is half right whatever was predicted", () => {
  expect(expectedCalibrationError({ probabilities: [0.5, 0.7], outcomes: [0.5, 0.5] })).toBeCloseTo(0.1, 12);
});

test("every prediction is in one bin, the surest in the last", () => {
  const bins = reliabilityBins({ probabilities: [0, 1, 0.5, 0.6], outcomes: [0, 1, 1, 0] }, 5);
  expect(bins.map((bin) => bin.count)).toEqual([0, 0, 1, 1, 2]);
  expect(bins[4]).toEqual({ from: 0.8, to: 1, count: 2, confidence: 1, accuracy: 1 });
});

test("no predictions have no error", () => {
  expect(expectedCalibrationError({ probabilities: [], outcomes: [] })).toBe(0);
  expect(calibratedBand([], { random: seededRandom(1) })).toEqual([0, 0]);
});

test("19 of 20 calibrated models lie in the band, and a model that is too sure does not", () => {
  const random = seededRandom(5);
  const probabilities = Array.from({ length: 220 }, () => 0.2 + 0.6 * random());
  const [low, high] = calibratedBand(probabilities, { random });
  // The chance figure of methods for n = 220: most calibrated models exceed an error of .05.
  expect(high).toBeGreaterThan(0.05);
  const inside = Array.from({ length: 400 }, () => {
    const outcomes = probabilities.map((p) => (random() < p ? 1 : 0));
    const error = expectedCalibrationError({ probabilities, outcomes });
    return low <= error && error <= high;
  }).filter(Boolean).length;
  expect(inside / 400).toBeGreaterThan(0.92);
  expect(inside / 400).toBeLessThan(0.98);
  const outcomes = probabilities.map((p) => (random() < p ? 1 : 0));
  const tooSure = probabilities.map((p) => (p > 0.5 ? 0.97 : 0.03));
  expect(expectedCalibrationError({ probabilities: tooSure, outcomes })).toBeGreaterThan(high);
});

test("the temperature of six margins, the chosen completion first", () => {
  const margins = [2, 1, -0.5, 3, -1, 0.2];
  const chosen = [1, 1, 1, 1, 1, 1];
  const temperature = fitTemperature(margins, chosen);
  expect(temperature).toBeCloseTo(1.2516, 4);
  const best = logLoss(margins, chosen, temperature);
  expect(logLoss(margins, chosen, temperature * 1.05)).toBeGreaterThan(best);
  expect(logLoss(margins, chosen, temperature / 1.05)).toBeGreaterThan(best);
});

test("the temperature undoes a known overconfidence", () => {
  const margins = Array.from({ length: 200 }, (_, i) => (i - 100) / 20);
  const outcomes = margins.map((margin) => sigmoid(margin / 2.5));
  expect(fitTemperature(margins, outcomes)).toBeCloseTo(2.5, 10);
});

test("where the loss has no minimum the temperature stays in its range", () => {
  expect(fitTemperature([1, 2], [1, 1])).toBe(0.05);
  expect(fitTemperature([1, 2], [0, 0])).toBe(20);
  expect(fitTemperature([1, 2], [0.5, 0.5])).toBe(20);
  expect(fitTemperature([0, 0], [1, 0])).toBe(1);
  expect(fitTemperature([], [])).toBe(1);
});

test("log-loss counts a tie as half of each and stays finite when sure and wrong", () => {
  expect(logLoss([0, 0, 0], [1, 0, 0.5])).toBeCloseTo(Math.LN2, 12);
  expect(logLoss([2], [0.5])).toBeCloseTo(0.5 * Math.log(1 + Math.exp(-2)) + 0.5 * Math.log(1 + Math.exp(2)), 12);
  expect(logLoss([-1000], [1])).toBe(1000);
});

test("the scale of logits beside an offset is found, and without one it is one over the temperature", () => {
  const logits = Array.from({ length: 400 }, (_, i) => (i - 200) / 50);
  const outcomes = logits.map((z) => 1 / (1 + Math.exp(-(0.5 * z - 2))));
  expect(fitScale({ logits, outcomes, offset: -2 })).toBeCloseTo(0.5, 9);
  expect(fitScale({ logits: [2, 1, -0.5, 3, -1, 0.2], outcomes: [1, 1, 1, 1, 1, 1] })).toBeCloseTo(1 / 1.2516, 4);
  expect(fitScale({ logits: [0, 0], outcomes: [1, 0] })).toBe(1);
});

test("probabilities of categories that are too sure are flattened by the power that made them so", () => {
  const truth = [
    [0.7, 0.2, 0.1],
    [0.2, 0.5, 0.3],
  ];
  const sure = truth.map((row) => {
    const squares = row.map((p) => p ** 2);
    return squares.map((p) => p / squares.reduce((a, b) => a + b));
  });
  expect(fitPower(sure, truth)).toBeCloseTo(0.5, 9);
  expect(fitPower([], [])).toBe(1);
});
