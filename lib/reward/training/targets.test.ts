import { expect, test } from "vitest";
import { linearTargets, strengthTargets, type DoubleLabel } from "./targets";

const doubles = (strength: number, count: number, agreeing: number): DoubleLabel[] =>
  Array.from({ length: count }, (_, i) => ({ strength, agrees: i < agreeing }));

test("until enough labels were given twice, a target is .5 + .45 s", () => {
  const targetOf = strengthTargets(doubles(1, 199, 10));
  expect([-1, -0.5, 0, 0.5, 1].map(targetOf)).toEqual([-1, -0.5, 0, 0.5, 1].map(linearTargets));
  expect(linearTargets(1)).toBeCloseTo(0.95, 12);
});

test("then it is how often second labels agree, the same for both sides", () => {
  const targetOf = strengthTargets([...doubles(0.5, 96, 58), ...doubles(-1, 196, 178), ...doubles(0, 500, 0)]);
  // With the prior: 60 of 100, 180 of 200.
  expect(targetOf(0.5)).toBeCloseTo(0.6, 12);
  expect(targetOf(-0.5)).toBeCloseTo(0.4, 12);
  expect(targetOf(1)).toBeCloseTo(0.9, 12);
  expect(targetOf(0)).toBe(0.5);
});

test("between levels it is interpolated, beyond the last it stays", () => {
  const targetOf = strengthTargets([...doubles(0.4, 96, 58), ...doubles(0.8, 196, 178)]);
  expect(targetOf(0.2)).toBeCloseTo(0.55, 12);
  expect(targetOf(0.6)).toBeCloseTo(0.75, 12);
  expect(targetOf(1)).toBeCloseTo(0.9, 12);
});

test("a stronger label is never less sure: levels that say otherwise are pooled", () => {
  const targetOf = strengthTargets([...doubles(0.25, 96, 78), ...doubles(0.5, 96, 58), ...doubles(1, 96, 88)]);
  // 80 of 100 and 60 of 100 pool to 140 of 200.
  expect([0.25, 0.5, 1].map((s) => Number(targetOf(s).toFixed(12)))).toEqual([0.7, 0.7, 0.9]);
});

test("labels that second labels mostly contradict are worth nothing, not less", () => {
  expect(strengthTargets(doubles(1, 300, 50))(1)).toBe(0.5);
});
