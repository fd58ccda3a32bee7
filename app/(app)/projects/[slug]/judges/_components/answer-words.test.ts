import { expect, test } from "vitest";
import { numbersOf } from "@/app/_components/ui/numbers";
import type { VerdictOutcome } from "@/lib/judges/schema";
import { defaultComparison, type Question } from "@/lib/projects/schema";
import { translatorOf } from "@/lib/testing/translator";
import { wordConfidence, wordOutcome, wordShown } from "./answer-words";

const words = {
  ...{ t: translatorOf("projects.labels"), label: translatorOf("label"), words: translatorOf("judges.words") },
  numbers: numbersOf("en"),
};
const ids = ["a", "b", "c"];
const word = (outcome: object, target = "0-2", question?: Question) =>
  wordOutcome({ reasoning: null, ...outcome } as VerdictOutcome, { ids, target, question }, words);

test("a verdict names the completions, whatever was the order shown", () => {
  expect(word({ kind: "preferred", preferred: 1, strength: 2 })).toBe("c much better, compared with a");
  expect(word({ kind: "preferred", preferred: 0, strength: 1, probability: 0.731 })).toBe(
    "a better, compared with c, a with probability 73\u202f%",
  );
  expect(word({ kind: "tie", probability: null })).toBe("Tie: a, c");
  expect(word({ kind: "tie", probability: 0.5 })).toBe("Tie: a, c, a with probability 50\u202f%");
  const question = { ...defaultComparison, scale: 7 as const };
  expect(word({ kind: "preferred", preferred: 0, strength: 2 }, "0-2", question)).toBe("a better, compared with c");
  // The scale has become a shorter one since.
  expect(word({ kind: "preferred", preferred: 0, strength: 4 }, "0-2", question)).toBe(
    "a vastly better, compared with c",
  );
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
  expect(wordShown("2-0", ids, words)).toBe("c, then a");
  expect(wordShown("7", ids, words)).toBe("Completion 8");
  expect(wordConfidence({ confidence: 0.5, basis: "orders" }, words.numbers, words.words)).toBe(
    "confidence 50\u202f%, by the two orders",
  );
});
