import { expect, test } from "vitest";
import type { LabelTypeName } from "@/lib/labels/schema";
import { defaultComparison, type Question, type RatingScale } from "@/lib/projects/schema";
import { translatorOf } from "@/lib/testing/translator";
import { nameAsked } from "./asked-names";
import { wordAnnotator, wordAnswer } from "./label-words";

const words = { t: translatorOf("projects.labels"), label: translatorOf("label") };
const { t } = words;

/** A label of this payload, on completions with these ids. */
const said = (type: LabelTypeName, payload: Record<string, unknown>, ids = ["a", "b", "c"], question?: Question) =>
  wordAnswer({ type, payload }, { ids, question }, words);

const payload = { pair: [0, 1], preferred: 1, bothBad: false, strength: 2, scale: 5 };
const tie = { ...payload, preferred: "tie", strength: 0 };
const pair = ["a", "b"];

test("comparisons are worded as the labelling page words them, by the completions' ids", () => {
  expect(said("comparison", payload, pair)).toBe("b much better");
  expect(said("comparison", { ...payload, preferred: 0, strength: 1 }, pair)).toBe("a better");
  expect(said("comparison", { ...payload, strength: 1, scale: 2 }, pair)).toBe("b better");
  expect(said("comparison", { ...payload, reasons: ["right", "clear"] }, pair)).toBe("b much better (right, clear)");
  expect(said("comparison", tie, pair)).toBe("Tie");
  expect(said("comparison", { ...tie, scale: 2 }, pair)).toBe("Tie");
  expect(said("comparison", { ...tie, bothBad: true }, pair)).toBe("Both bad");
  expect(said("comparison", { ...tie, cannotTell: true }, pair)).toBe("Cannot tell");
});

test("the words of a comparison's own question are used where it has the scale", () => {
  const question = { ...defaultComparison, degrees: ["far safer", "safer"], tie: "As safe" };
  expect(said("comparison", payload, pair, question)).toBe("b far safer");
  expect(said("comparison", tie, pair, question)).toBe("As safe");
  expect(said("comparison", { ...payload, scale: 7 }, pair, question)).toBe("b better");
});

test("of more than two completions both that are compared are named, and those without ids of their own are counted", () => {
  expect(said("comparison", { ...payload, pair: [0, 2] })).toBe("c much better, compared with a");
  expect(said("comparison", { ...tie, pair: [0, 2] })).toBe("Tie: a, c");
  expect(said("comparison", payload, ["0", "1"])).toBe("Completion 2 much better");
  expect(said("ranking", { ranks: [2, 1] }, ["1", "0"])).toBe("0 > 1");
  expect(said("ranking", { ranks: [1, 2] }, ["نص", `sha256:${"0".repeat(60)}1234`])).toBe(
    `\u2068نص\u2069 > sha256:${"0".repeat(17)}…${"0".repeat(8)}1234`,
  );
});

test("other types have words of their own", () => {
  expect(said("ranking", { ranks: [2, 1, 2] })).toBe("b > a = c");
  expect(said("binary", { completion: 0, value: false, kind: "correct" })).toBe("a: no");
  const question = {
    ...{ id: "errors", type: "spans", name: "Errors", definition: "", severities: [], onPrompt: false },
    categories: [{ id: "x", name: "Not true", definition: "" }],
  } satisfies Question;
  expect(said("spans", { spans: [] })).toBe("nothing marked");
  expect(said("spans", { spans: [{ category: "x" }, { category: "x" }] }, pair, question)).toBe("2 spans: Not true");
  expect(said("spans", { spans: [{ category: "y" }] }, pair, question)).toBe("1 span: y");
  const steps = ["good", "good", "bad"].map((label, index) => ({ index, label, flags: [] }));
  expect(said("steps", { completion: 0, steps, firstError: 2 })).toBe("a: 2 good, 1 bad, first error in step 3");
  expect(said("steps", { completion: 0, steps: [], firstError: null })).toBe("a: no error");
  const critique = { completion: 1, text: "Too long.", quotes: [] as string[], rewrite: null };
  expect(said("critique", critique)).toBe("b: Too long.");
  expect(said("critique", { ...critique, rewrite: "Short" })).toBe("b: Too long. (rewritten)");
  expect(said("critique", { ...critique, text: "", rewrite: "Short" })).toBe("b: rewritten");
  const quoting = { ...critique, quotes: ["0-4:wrong", "6-9:vague"] };
  expect(said("critique", quoting)).toBe("b: Too long. (quotes 2 spans)");
  const both = { ...quoting, quotes: ["0-4:wrong"], rewrite: "Short" };
  expect(said("critique", both)).toBe("b: Too long. (quotes 1 span) (rewritten)");
});

test("ratings say what their points and categories are called", () => {
  const question = {
    ...{ id: "rating", type: "rating", aspects: [{ id: "style", name: "Style", definition: "" }] },
    scale: { kind: "points", points: 5, high: "clear" },
  } satisfies Question;
  const rated = (value: unknown, scale: RatingScale = question.scale) =>
    said("rating", { completion: 1, value }, pair, { ...question, scale });
  expect(rated(5)).toBe("b: 5, clear");
  expect(rated(4)).toBe("b: 4");
  const categories = [
    { value: "yes", name: "It is" },
    { value: "no", name: "It is not" },
  ];
  expect(rated("no", { kind: "categories", categories })).toBe("b: It is not");
  expect(rated("unsure", { kind: "categories", categories })).toBe("b: unsure");
});

test("what was asked is called by its name, and by its id where it is not asked", () => {
  const at = (question: Question | undefined, aspect: string) =>
    nameAsked(question, { question: question?.id ?? "facts", aspect }, t);
  expect(at(defaultComparison, "overall")).toBe("Overall");
  expect(at(defaultComparison, "style")).toBe("style");
  expect(at({ id: "rank", type: "ranking", name: "Order", definition: "" }, "overall")).toBe("Order");
  expect([at(undefined, "overall"), at(undefined, "style")]).toEqual(["facts", "facts, style"]);
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
