import { expect, test } from "vitest";
import { translatorOf } from "@/lib/testing/translator";
import { wordAnnotator, wordAnswer } from "./label-words";

const ids = ["a", "b", "c"];
const t = translatorOf("projects.labels");

test("comparisons are worded by completion id, with the strength where the scale has one", () => {
  const payload = { pair: [0, 2], preferred: 1, bothBad: false, strength: 2, scale: 5 };
  expect(wordAnswer({ type: "comparison", payload }, ids, t)).toBe("c over a, strength 2 of 2");
  expect(wordAnswer({ type: "comparison", payload: { ...payload, strength: 1, scale: 3 } }, ids, t)).toBe("c over a");
  expect(wordAnswer({ type: "comparison", payload: { ...payload, reasons: ["right", "clear"] } }, ids, t)).toBe(
    "c over a, strength 2 of 2 (right, clear)",
  );
  expect(wordAnswer({ type: "comparison", payload: { ...payload, preferred: "tie", strength: 0 } }, ids, t)).toBe(
    "tie: a, c",
  );
  expect(
    wordAnswer({ type: "comparison", payload: { ...payload, preferred: "tie", bothBad: true, strength: 0 } }, ids, t),
  ).toBe("both bad: a, c");
});

test("other types have words of their own", () => {
  expect(wordAnswer({ type: "ranking", payload: { ranks: [2, 1, 2] } }, ids, t)).toBe("b > a = c");
  expect(wordAnswer({ type: "rating", payload: { completion: 1, value: "yes" } }, ids, t)).toBe("b: yes");
  expect(wordAnswer({ type: "binary", payload: { completion: 0, value: false, kind: "correct" } }, ids, t)).toBe(
    "a: correct no",
  );
  expect(wordAnswer({ type: "spans", payload: { spans: [] } }, ids, t)).toBe("nothing marked");
  expect(wordAnswer({ type: "spans", payload: { spans: [{ category: "x" }, { category: "x" }] } }, ids, t)).toBe(
    "2 spans: x",
  );
  const steps = ["good", "good", "bad"].map((label, index) => ({ index, label, flags: [] }));
  expect(wordAnswer({ type: "steps", payload: { completion: 0, steps, firstError: 2 } }, ids, t)).toBe(
    "a: 2 good, 1 bad, first error in step 3",
  );
  expect(wordAnswer({ type: "steps", payload: { completion: 0, steps: [], firstError: null } }, ids, t)).toBe(
    "a: no error",
  );
  const critique = { completion: 1, text: "Too long.", quotes: [] as string[], rewrite: null };
  expect(wordAnswer({ type: "critique", payload: critique }, ids, t)).toBe("b: Too long.");
  expect(wordAnswer({ type: "critique", payload: { ...critique, rewrite: "Short" } }, ids, t)).toBe(
    "b: Too long. (rewritten)",
  );
  expect(wordAnswer({ type: "critique", payload: { ...critique, text: "", rewrite: "Short" } }, ids, t)).toBe(
    "b: rewritten",
  );
  const quoting = { ...critique, quotes: ["0-4:wrong", "6-9:vague"] };
  expect(wordAnswer({ type: "critique", payload: quoting }, ids, t)).toBe("b: Too long. (quotes 2 spans)");
  const both = { ...quoting, quotes: ["0-4:wrong"], rewrite: "Short" };
  expect(wordAnswer({ type: "critique", payload: both }, ids, t)).toBe("b: Too long. (quotes 1 span) (rewritten)");
});

test("annotators are named by address, else by the name they were imported with", () => {
  expect(wordAnnotator({ annotator: "user:1", annotatorEmail: "ann@example.org", annotatorName: null }, t)).toBe(
    "ann@example.org",
  );
  expect(wordAnnotator({ annotator: "import:judge:v2", annotatorEmail: null, annotatorName: null }, t)).toBe(
    "judge:v2",
  );
  const judge = { annotator: "judge:1@2", annotatorEmail: null, annotatorName: "Careful, version 2" };
  expect(wordAnnotator(judge, t)).toBe("Careful, version 2");
});
