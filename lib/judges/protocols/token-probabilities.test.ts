import { expect, test } from "vitest";
import { answerTokens } from "@/lib/testing/judge-questions";
import { minCovered, optionProbabilities } from "./token-probabilities";

const points = ["1", "2", "3", "4", "5"];
const toTen = [...points, "6", "7", "8", "9", "10"];

test("the value's token tells how probable each option was, by hand", () => {
  const tokens = answerTokens('{"value', '": ', { "4": 0.6, "5": 0.3, "3": 0.06, four: 0.04 }, "}");
  const found = optionProbabilities(tokens, "value", points)!;
  expect(found.covered).toBeCloseTo(0.96);
  expect(found.probabilities.get("4")).toBeCloseTo(0.625);
  expect(found.probabilities.get("5")).toBeCloseTo(0.3125);
  expect(found.probabilities.get("1")).toBe(0);
});

test.each([
  ["with its quotation mark", ['{"preferred":', { ' "A': 0.7, ' "B': 0.3 }, '"}']],
  ["behind its quotation mark", ['{"preferred": "', { A: 0.7, B: 0.3 }, '"}']],
  ["with what ends it", ['{"preferred": "', { 'A"': 0.5, A: 0.2, 'B",': 0.3 }, ', "strength": 1}']],
  ["in pieces", ['{"preferred": "', { A: 0.5, 'A"}': 0.2, B: 0.2, ti: 0.1 }, '"}']],
  ["of the last object", ['{"preferred": "B"} no, {"preferred": "', { A: 0.7, B: 0.3 }, '"}']],
  ["not of a nested one", ['{"list": {"preferred": "B"}, "preferred": "', { A: 0.7, B: 0.3 }, '", "x": "preferred"}']],
])("a token is read %s", (_, parts) => {
  const found = optionProbabilities(answerTokens(...parts), "preferred", ["A", "B", "tie"]);
  expect(found!.probabilities.get("A")).toBeCloseTo(0.7);
});

test("a digit that may go on is no option, unless numbers are seen to be one token", () => {
  const split = (choices: Record<string, number>) =>
    optionProbabilities(answerTokens('{"value": ', choices, "}"), "value", toTen);
  expect(split({ "8": 0.95, "1": 0.05 })!.probabilities.get("8")).toBe(1);
  expect(split({ "8": 0.8, "1": 0.2 })).toBeNull();
  expect(split({ "8": 0.7, "1": 0.2, "10": 0.1 })!.probabilities.get("1")).toBeCloseTo(0.2);
  const halves = ["1", "1.5", "2"];
  expect(optionProbabilities(answerTokens('{"value": ', { "1": 1 }, ".5}"), "value", halves)).toBeNull();
  expect(optionProbabilities(answerTokens('{"value": ', { "1}": 0.6, "2": 0.4 }), "value", halves)).not.toBeNull();
});

test("nothing is said where the options have too little of the probability, or there is no such field", () => {
  const tokens = answerTokens('{"value": ', { "4": minCovered - 0.01, "?": 0.11 }, "}");
  expect(optionProbabilities(tokens, "value", points)).toBeNull();
  expect(optionProbabilities(tokens, "other", points)).toBeNull();
  expect(optionProbabilities(answerTokens("no object"), "value", points)).toBeNull();
  expect(optionProbabilities([], "value", points)).toBeNull();
});
