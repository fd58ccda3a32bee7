import { expect, test } from "vitest";
import { majority, type Vote } from "./majority";

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
