import { expect, test } from "vitest";
import { numbersOf } from "@/app/_components/ui/numbers";
import type { VerdictOutcome } from "@/lib/judges/schema";
import { translatorOf } from "@/lib/testing/translator";
import { wordConfidence, wordOutcome, wordShown } from "./answer-words";

const t = translatorOf("judges.words");
const numbers = numbersOf("en");
const names = ["a", "b", "c"];
const word = (outcome: object, target = "0-2") =>
  wordOutcome({ reasoning: null, ...outcome } as VerdictOutcome, { names, target }, numbers, t);

test("a verdict names the completions, whatever was the order shown", () => {
  expect(word({ kind: "preferred", preferred: 1, strength: 2 })).toBe("c over a, strength 2");
  expect(word({ kind: "preferred", preferred: 0, strength: 1, probability: 0.731 })).toBe(
    "a over c, strength 1, a with probability 73\u202f%",
  );
  expect(word({ kind: "tie", probability: null })).toBe("tie");
  expect(word({ kind: "ranking", ranks: [2, 1, 2] }, "")).toBe("b > a = c");
});

test("verdicts on one completion say what they say of it", () => {
  expect(word({ kind: "rating", value: 4, expected: null }, "0")).toBe("4");
  expect(word({ kind: "rating", value: 4, expected: 3.716 }, "0")).toBe("4, 3.72 by the probabilities of its tokens");
  expect(word({ kind: "binary", value: false, probability: 0.1 }, "0")).toBe("no, yes with probability 10\u202f%");
  expect(word({ kind: "spans", spans: [], unaligned: [] }, "0")).toBe("nothing marked");
  expect(word({ kind: "spans", spans: [{}, {}], unaligned: [{}] }, "0")).toBe("2 spans, one quote is not in the text");
  expect(word({ kind: "steps", steps: [], firstError: 2 }, "0")).toBe("first error in step 3");
  expect(word({ kind: "critique", text: "x", quotes: [], rewrite: "y" }, "0")).toBe("a critique and a rewrite");
  expect(word({ kind: "invalid", problem: "it contains no JSON object" })).toBe(
    "Cannot be used: it contains no JSON object.",
  );
});

test("orders and confidence are told in words", () => {
  expect(wordShown("2-0", names, t)).toBe("c, then a");
  expect(wordShown("7", names, t)).toBe("completion 7");
  expect(wordConfidence({ confidence: 0.5, basis: "orders" }, numbers, t)).toBe(
    "confidence 50\u202f%, by the two orders",
  );
});
