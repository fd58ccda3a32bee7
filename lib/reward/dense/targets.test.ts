import { expect, test } from "vitest";
import type { LabelPayloadOf } from "@/lib/labels/schema";
import { segmentTargets, stepTargets, type Said } from "./targets";

type Spans = LabelPayloadOf<"spans">;
type Steps = LabelPayloadOf<"steps">;

const segments = [
  { start: 0, end: 10 },
  { start: 11, end: 21 },
];

function saying<P>(annotator: string, payload: P, source: "human" | "lm" = "human", sample = 0): Said<P> {
  return { source, annotator, question: "q", sample, payload };
}

const marking = (...marks: [number, number, string?][]): Spans => ({
  covered: [0],
  spans: marks.map(([start, end, category = "wrong"]) => ({ completion: 0, start, end, category })),
});

const targetsOf = (labels: Said<Spans>[], category = "wrong") =>
  segmentTargets({ labels, completion: 0, category, segments, lmWeight: 0.5 });

test("a segment is marked by those whose spans cover half of it, and the rest of who looked did not mark it", () => {
  expect(targetsOf([saying("a", marking([0, 5])), saying("b", marking([0, 4]))])).toEqual([
    { target: 0.5, weight: 1 },
    { target: 0, weight: 1 },
  ]);
  // Two spans cover together; overlapping ones count once.
  expect(targetsOf([saying("a", marking([0, 3], [7, 10]))])[0]!.target).toBe(1);
  expect(targetsOf([saying("a", marking([0, 3], [1, 4]))])[0]!.target).toBe(0);
  expect(targetsOf([saying("a", marking([0, 10, "other"]))])[0]!.target).toBe(0);
  expect(targetsOf([saying("a", marking([0, 10, "other"]))], "other")[0]!.target).toBe(1);
});

test("where nobody looked there is no target, and AI alone weighs less", () => {
  const elsewhere: Spans = { covered: [1], spans: [] };
  expect(targetsOf([saying("a", elsewhere)])).toEqual([null, null]);
  expect(targetsOf([saying("judge", marking([0, 9]), "lm")])).toEqual([
    { target: 1, weight: 0.5 },
    { target: 0, weight: 0.5 },
  ]);
  const both = targetsOf([saying("judge", marking([0, 9]), "lm"), saying("a", marking())]);
  expect(both[0]).toEqual({ target: 0.5 / 1.5, weight: 1 });
});

test("who was asked several times has one vote, the mean of their answers", () => {
  const asked = [saying("j", marking([0, 10]), "lm"), saying("j", marking(), "lm", 1), saying("a", marking([0, 10]))];
  expect(targetsOf(asked)[0]!.target).toBeCloseTo(1.25 / 1.5, 12);
});

const step = (index: number, label: "good" | "neutral" | "bad") => ({ index, label, flags: [] });

const goodOf = (payloads: Steps[], neutral: "good" | "half" | "left-out" = "good") =>
  stepTargets({
    labels: payloads.map((payload, i) => saying(`a${i}`, payload)),
    ...{ count: 4, neutral, lmWeight: 0.5 },
  }).map((found) => found?.target ?? null);

test("steps before the first error are good, and those after it undefined", () => {
  expect(goodOf([{ completion: 0, steps: [], firstError: 2 }])).toEqual([1, 1, 0, null]);
  expect(goodOf([{ completion: 0, steps: [], firstError: null }])).toEqual([1, 1, 1, 1]);
  const all = [step(0, "good"), step(1, "bad"), step(2, "good"), step(3, "bad")];
  expect(goodOf([{ completion: 0, steps: all, firstError: 1 }])).toEqual([1, 0, null, null]);
});

test("of steps that nobody judged there is nothing to learn", () => {
  expect(goodOf([{ completion: 0, steps: [step(0, "good"), step(2, "good")], firstError: null }])).toEqual([
    ...[1, null, 1, null],
  ]);
});

test("neutral steps are what the project says", () => {
  const payload: Steps = { completion: 0, steps: [step(0, "neutral"), step(1, "good")], firstError: null };
  expect(goodOf([payload])).toEqual([1, 1, null, null]);
  expect(goodOf([payload], "half")).toEqual([0.5, 1, null, null]);
  expect(goodOf([payload], "left-out")).toEqual([null, 1, null, null]);
});

test("annotators who judged a step share it by weight", () => {
  const found = goodOf([
    { completion: 0, steps: [], firstError: 1 },
    { completion: 0, steps: [], firstError: null },
    { completion: 0, steps: [], firstError: 3 },
  ]);
  expect(found.map((value) => value && Number(value.toFixed(3)))).toEqual([1, 0.667, 1, 0.5]);
});
