import { expect, test } from "vitest";
import { assign, groupsOf, logLikelihood, sharesOf } from "./responsibilities";

test("an annotator belongs to groups by their shares and how likely they make the labels", () => {
  const likelihoods = [[Math.log(0.3), Math.log(0.1)]];
  const { responsibilities, total } = assign(likelihoods, [0.5, 0.5]);
  expect(responsibilities[0]).toEqual([expect.closeTo(0.75, 12), expect.closeTo(0.25, 12)]);
  expect(total).toBeCloseTo(Math.log(0.2), 12);
  expect(assign(likelihoods, [0.25, 0.75]).responsibilities[0]![0]).toBeCloseTo(0.5, 12);
});

test("a temperature leaves the assignment softer, and labels without end do not overflow", () => {
  const warm = assign([[-1000, -1010]], [0.5, 0.5], 10).responsibilities[0]!;
  expect(warm[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
  expect(assign([[-1e6, -2e6]], [0.5, 0.5]).responsibilities[0]).toEqual([1, 0]);
});

test("shares count one more annotator in each group", () => {
  const rows = [
    [1, 0],
    [1, 0],
  ];
  expect(sharesOf(rows, 2)).toEqual([0.75, 0.25]);
  expect(groupsOf([...rows, [0.2, 0.8]])).toEqual([0, 0, 1]);
});

test("a label's likelihood is that of its target under the margin", () => {
  expect(logLikelihood(2, 1)).toBeCloseTo(-Math.log1p(Math.exp(-2)), 12);
  expect(logLikelihood(2, 0)).toBeCloseTo(-Math.log1p(Math.exp(2)), 12);
  expect(logLikelihood(0, 0.5)).toBeCloseTo(-Math.LN2, 12);
});
