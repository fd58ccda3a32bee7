import { expect, test } from "vitest";
import { isMajority, plurality } from "./plurality";

const votes = <T>(...list: [value: T, weight: number][]) => list.map(([value, weight]) => ({ value, weight }));

test("the answer with the most weight wins, also with less than half of it", () => {
  expect(plurality(votes(["a", 1], ["b", 1], ["a", 1], ["c", 1]))).toEqual({
    answer: "a",
    confidence: 0.5,
    isDraw: false,
  });
  // One person against three judges of weight 0.4.
  expect(plurality(votes(["a", 1], ["b", 0.4], ["b", 0.4], ["b", 0.4]))).toEqual({
    answer: "b",
    confidence: (3 * 0.4) / 2.2,
    isDraw: false,
  });
});

test("a draw has no answer, also where sums of weights differ by rounding", () => {
  expect(plurality(votes(["a", 1], ["b", 1]))).toEqual({ answer: null, confidence: 0, isDraw: true });
  expect(plurality([...votes(["a", 1]), ...Array(10).fill({ value: "b", weight: 0.1 })])).toMatchObject({
    isDraw: true,
  });
});

test("one vote decides, and no votes give nothing", () => {
  expect(plurality(votes(["a", 0.3]))).toEqual({ answer: "a", confidence: 1, isDraw: false });
  expect(plurality([])).toBeNull();
});

test("half is no majority, and neither is half with the error of a sum", () => {
  expect([isMajority(2, 3), isMajority(1, 2), isMajority(0.1 + 0.2, 0.6)]).toEqual([true, false, false]);
});
