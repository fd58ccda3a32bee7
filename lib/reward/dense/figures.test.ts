import { expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/random";
import { bestThreshold, binaryFigures, f1, figureOf, precision, recall, share } from "./figures";

const random = () => seededRandom(1);

const rows = [3, 2, 1, -1, -2, -3].map((logit, i) => ({ group: i, logit, isPositive: [0, 1, 3].includes(i) }));

test("precision, recall and F1 are those of the confusion table", () => {
  const found = binaryFigures(rows, 0, random);
  expect(found.precision!.value).toBeCloseTo(2 / 3, 12);
  expect(found.recall!.value).toBeCloseTo(2 / 3, 12);
  expect(found.f1!.value).toBeCloseTo(2 / 3, 12);
  expect(found.accuracy!.value).toBeCloseTo(4 / 6, 12);
  expect(found.auc).toBeCloseTo(8 / 9, 12);
  expect(found.f1!.interval[0]).toBeLessThan(2 / 3);
  expect(found.f1!.interval[1]).toBeGreaterThan(2 / 3);
});

test("what is not defined is no figure", () => {
  expect(precision([0, 0, 3, 3])).toBeNull();
  expect(recall([0, 2, 0, 3])).toBeNull();
  expect(f1([0, 0, 0, 5])).toBeNull();
  expect(f1([0, 1, 0, 5])).toBe(0);
  expect(figureOf([], share, random())).toBeNull();
  expect(binaryFigures([], 0, random)).toMatchObject({ precision: null, f1: null, accuracy: null, auc: null });
});

test("an interval draws whole prompts: rows of one prompt are no more evidence than one", () => {
  const counted = Array.from({ length: 40 }, (_, i) => ({ group: i, counts: [i % 2, 1] }));
  const repeated = counted.flatMap((row) => Array.from({ length: 10 }, () => row));
  expect(figureOf(repeated, share, random())).toEqual(figureOf(counted, share, random()));
});

test("the threshold is where F1 is highest, between two rows", () => {
  expect(bestThreshold(rows)).toBe(-1.5);
  const all = [{ logit: 1, isPositive: true }];
  expect(bestThreshold(all)).toBe(0);
  expect(bestThreshold([{ logit: 1, isPositive: false }])).toBe(0);
  // Equal logits are called alike.
  const equal = [true, false, true].map((isPositive) => ({ logit: 5, isPositive }));
  expect(bestThreshold(equal)).toBe(4);
});
