import { expect, test } from "vitest";
import type { HistoryAnswer } from "@/lib/assignments/schema";
import { translatorOf } from "@/lib/testing/translator";
import { wordAnswer } from "./answer-words";

const of = (answer: object) =>
  wordAnswer({ question: "q", aspect: "overall", ...answer } as HistoryAnswer, translatorOf("label"));

test("answers of every type read as a few words", () => {
  expect(of({ type: "comparison", answer: 1, scale: 5 })).toBe("A much better");
  const words = { degrees: ["far safer", "safer"], tie: "As safe" };
  expect(of({ type: "comparison", answer: 5, scale: 5, words })).toBe("B far safer");
  expect(of({ type: "comparison", answer: 3, scale: 5, words })).toBe("As safe");
  expect(of({ type: "comparison", answer: 2, scale: 5, reasons: ["right", "clear"] })).toBe("A better (right, clear)");
  expect(of({ type: "ranking", answer: { ranks: [2, 1, 2] } })).toBe("B > A = C");
  expect(of({ type: "rating", answer: [4, null, "yes"] })).toBe("A 4, C yes");
  expect(of({ type: "binary", answer: { values: [true, false] } })).toBe("A yes, B no");
  expect(of({ type: "spans", answer: { covered: [0], spans: [] } })).toBe("No span");
  expect(of({ type: "steps", answer: { completions: [{ labels: ["good", "bad"], flags: [], firstError: 1 }] } })).toBe(
    "1 bad step",
  );
  expect(of({ type: "critique", answer: { completions: Array(2).fill({ text: "Vague", rewrite: null }) } })).toBe(
    "2 critiques",
  );
  expect(of({ type: "critique", answer: { completions: [{ text: "", rewrite: "Better" }] } })).toBe(
    "No critique, 1 rewrite",
  );
  const quoting = { text: "Not so", rewrite: "Better", quotes: ["0-4:wrong", "6-9:wrong"] };
  expect(of({ type: "critique", answer: { completions: [quoting, { text: "", rewrite: null }] } })).toBe(
    "1 critique, 2 quotes, 1 rewrite",
  );
});
