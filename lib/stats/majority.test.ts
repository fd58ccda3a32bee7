import { expect, test } from "vitest";
import { decideVotes, majority, type Vote } from "./majority";

test("the answer with the most votes wins, also with less than half of them", () => {
  expect(majority([0, 0, 1])).toEqual({
    answer: 0,
    counts: { "0": 2, "1": 1, tie: 0 },
    confidence: 2 / 3,
    isDraw: false,
  });
  expect(majority([1, 1, 0, "tie"])).toMatchObject({ answer: 1, confidence: 0.5, isDraw: false });
});

test("a tie is an answer that can win", () => {
  expect(majority(["tie", 0, "tie"])).toEqual({
    answer: "tie",
    counts: { "0": 1, "1": 0, tie: 2 },
    confidence: 2 / 3,
    isDraw: false,
  });
});

test("a draw is a tie whose confidence is the share of votes for a tie", () => {
  expect(majority([0, 1])).toEqual({ answer: "tie", counts: { "0": 1, "1": 1, tie: 0 }, confidence: 0, isDraw: true });
  expect(majority([0, 1, "tie"])).toMatchObject({ answer: "tie", confidence: 1 / 3, isDraw: true });
  expect(majority([0, 0, 1, 1, "tie"])).toMatchObject({ answer: "tie", confidence: 0.2, isDraw: true });
  expect(majority(["tie", "tie", 1, 1])).toMatchObject({ answer: "tie", confidence: 0.5, isDraw: true });
});

test("one vote decides, and no votes give nothing", () => {
  expect(majority([1])).toMatchObject({ answer: 1, confidence: 1, isDraw: false });
  expect(majority([])).toBeNull();
});

test("the order of the votes does not matter", () => {
  const votes: Vote[] = [0, "tie", 1, 0, 1, 1];
  expect(majority([...votes].reverse())).toEqual(majority(votes));
});

test("weights decide as counts do", () => {
  // Two people say 0, three votes of weight 0.5 say 1.
  expect(decideVotes({ "0": 2, "1": 1.5, tie: 0 })).toEqual({ answer: 0, confidence: 2 / 3.5, isDraw: false });
  expect(decideVotes({ "0": 1, "1": 1.5, tie: 0 })).toMatchObject({ answer: 1, confidence: 0.6 });
  expect(decideVotes({ "0": 1, "1": 2 * 0.5, tie: 0 })).toEqual({ answer: "tie", confidence: 0, isDraw: true });
  expect(decideVotes({ "0": 0, "1": 0, tie: 0 })).toBeNull();
});

test("sums of weights that differ by rounding are a draw", () => {
  const sum = Array.from({ length: 10 }, () => 0.1).reduce((total, weight) => total + weight, 0);
  expect(sum).not.toBe(1);
  expect(decideVotes({ "0": 1, "1": sum, tie: 0 })).toMatchObject({ answer: "tie", isDraw: true });
});
