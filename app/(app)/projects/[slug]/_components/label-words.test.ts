import { expect, test } from "vitest";
import { describeAnnotator, describeAnswer } from "./label-words";

const ids = ["a", "b", "c"];

test("comparisons are worded by completion id, with the strength where the scale has one", () => {
  const payload = { pair: [0, 2], preferred: 1, bothBad: false, strength: 2, scale: 5 };
  expect(describeAnswer({ type: "comparison", payload }, ids)).toBe("c over a, strength 2 of 2");
  expect(describeAnswer({ type: "comparison", payload: { ...payload, strength: 1, scale: 3 } }, ids)).toBe("c over a");
  expect(describeAnswer({ type: "comparison", payload: { ...payload, preferred: "tie", strength: 0 } }, ids)).toBe(
    "tie: a, c",
  );
  expect(
    describeAnswer({ type: "comparison", payload: { ...payload, preferred: "tie", bothBad: true, strength: 0 } }, ids),
  ).toBe("both bad: a, c");
});

test("other types have words of their own", () => {
  expect(describeAnswer({ type: "ranking", payload: { ranks: [2, 1, 2] } }, ids)).toBe("b > a = c");
  expect(describeAnswer({ type: "rating", payload: { completion: 1, value: "yes" } }, ids)).toBe("b: yes");
  expect(describeAnswer({ type: "binary", payload: { completion: 0, value: false, kind: "correct" } }, ids)).toBe(
    "a: correct no",
  );
  expect(describeAnswer({ type: "spans", payload: { spans: [] } }, ids)).toBe("nothing marked");
  expect(describeAnswer({ type: "spans", payload: { spans: [{ category: "x" }, { category: "x" }] } }, ids)).toBe(
    "2 spans: x",
  );
  const steps = ["good", "good", "bad"].map((label, index) => ({ index, label, flags: [] }));
  expect(describeAnswer({ type: "steps", payload: { completion: 0, steps, firstError: 2 } }, ids)).toBe(
    "a: 2 good, 1 bad, first error in step 3",
  );
  expect(describeAnswer({ type: "steps", payload: { completion: 0, steps: [], firstError: null } }, ids)).toBe(
    "a: no error",
  );
  const critique = { completion: 1, text: "Too long.", quotes: [] as string[], rewrite: null };
  expect(describeAnswer({ type: "critique", payload: critique }, ids)).toBe("b: Too long.");
  expect(describeAnswer({ type: "critique", payload: { ...critique, rewrite: "Short" } }, ids)).toBe(
    "b: Too long. (rewritten)",
  );
  expect(describeAnswer({ type: "critique", payload: { ...critique, text: "", rewrite: "Short" } }, ids)).toBe(
    "b: rewritten",
  );
  const quoting = { ...critique, quotes: ["0-4:wrong", "6-9:vague"] };
  expect(describeAnswer({ type: "critique", payload: quoting }, ids)).toBe("b: Too long. (quotes 2 spans)");
  const both = { ...quoting, quotes: ["0-4:wrong"], rewrite: "Short" };
  expect(describeAnswer({ type: "critique", payload: both }, ids)).toBe("b: Too long. (quotes 1 span) (rewritten)");
});

test("annotators are named by address, else by the name they were imported with", () => {
  expect(describeAnnotator({ annotator: "user:1", annotatorEmail: "ann@example.org", annotatorName: null })).toBe(
    "ann@example.org",
  );
  expect(describeAnnotator({ annotator: "import:judge:v2", annotatorEmail: null, annotatorName: null })).toBe(
    "judge:v2",
  );
  const judge = { annotator: "judge:1@2", annotatorEmail: null, annotatorName: "Careful, version 2" };
  expect(describeAnnotator(judge)).toBe("Careful, version 2");
});
