import { expect, test, vi } from "vitest";
import { defaultComparison, type Question, type TaskSchema } from "@/lib/projects/schema";
import type { Answers } from "../schema";
import type { Shown } from "./answer-type";
import { checkAnswers } from "./check-answers";

const aspects = [
  { id: "a", name: "Apt", definition: "" },
  { id: "b", name: "Brief", definition: "" },
];
const shown: Shown = {
  order: [1, 0],
  completions: [
    { text: "a😀", steps: ["a", "😀"] },
    { text: "", steps: [""] },
  ],
  prompt: "Why?",
  messages: null,
};

type Say = { reason?: string; asked?: TaskSchema["reason"]; before?: Shown };

/** Paths of what is wrong with these answers. */
function faults(
  questions: Question[],
  answers: Answers,
  { reason = "", asked = "optional", before = shown }: Say = {},
) {
  try {
    checkAnswers({ questions, reason: asked }, answers, reason, before);
    return [];
  } catch (error) {
    return (error as { faults: { path: string }[] }).faults.map(({ path }) => path);
  }
}

test("a comparison needs a point of its scale on every aspect", () => {
  const comparison = { ...defaultComparison, aspects };
  expect(faults([comparison], { comparison: { a: 5, b: "both-bad" } })).toEqual([]);
  expect(faults([comparison], { comparison: { a: 6, c: 1 } })).toEqual(
    ["a", "b", "c"].map((id) => `answers.comparison.${id}`),
  );
  expect(faults([comparison], {})).toEqual(["answers.comparison.a", "answers.comparison.b"]);
  expect(faults([{ ...comparison, bothBad: false }], { comparison: { a: "both-bad", b: 3 } })).toEqual([
    "answers.comparison.a",
  ]);
  const said = { comparison: { a: "cannot-tell" as const, b: 3 } };
  expect(faults([comparison], said)).toEqual(["answers.comparison.a"]);
  expect(faults([{ ...comparison, cannotTell: true }], said)).toEqual([]);
});

test("ticked reasons are those that the aspect offers, and go with a preference", () => {
  const comparison = { ...defaultComparison, aspects: [{ ...aspects[0]!, reasons: ["right", "clear"] }, aspects[1]!] };
  const ticked = (choice: number, ...reasons: string[]) => ({ choice, reasons });
  expect(faults([comparison], { comparison: { a: ticked(1, "clear", "right"), b: 3 } })).toEqual([]);
  expect(faults([comparison], { comparison: { a: ticked(1, "right", "short"), b: ticked(5, "right") } })).toEqual([
    "answers.comparison.a.reasons",
    "answers.comparison.b.reasons",
  ]);
  expect(faults([comparison], { comparison: { a: ticked(3, "right"), b: 3 } })).toEqual([
    "answers.comparison.a.reasons",
  ]);
  // None is no list, and a reason is ticked once.
  expect(faults([comparison], { comparison: { a: ticked(1), b: 3 } })).toEqual(["answers.comparison"]);
  expect(faults([comparison], { comparison: { a: ticked(1, "right", "right"), b: 3 } })).toEqual([
    "answers.comparison",
  ]);
});

test("a reason is checked for the whole submission", () => {
  const answers = { comparison: { overall: 1 } };
  expect(faults([defaultComparison], answers, { asked: "required", reason: "  " })).toEqual(["reason"]);
  expect(faults([defaultComparison], answers, { asked: "off", reason: "why" })).toEqual(["reason"]);
  expect(faults([defaultComparison], answers, { asked: "off" })).toEqual([]);
});

test("a ranking needs a rank for every completion shown", () => {
  const ranking: Question = { id: "ranking", type: "ranking", name: "Order", definition: "" };
  expect(faults([ranking], { ranking: { ranks: [1, 1] } })).toEqual([]);
  expect(faults([ranking], { ranking: { ranks: [3, null] } })).toEqual([
    "answers.ranking.ranks.0",
    "answers.ranking.ranks.1",
  ]);
  expect(faults([ranking], { ranking: { ranks: [1, 2, 3] } })).toEqual(["answers.ranking.ranks"]);
  expect(faults([ranking], {})).toEqual(["answers.ranking"]);
});

test("there is nothing to compare or to order where one completion is shown", () => {
  const before: Shown = { ...shown, order: [0], completions: [{ text: "a", steps: ["a"] }] };
  const ranking: Question = { id: "ranking", type: "ranking", name: "Order", definition: "" };
  const comparison = { ...defaultComparison, aspects };
  expect(faults([comparison], { comparison: { a: 1, b: 2 } }, { before })).toEqual(
    ["a", "b"].map((id) => `answers.comparison.${id}`),
  );
  expect(faults([ranking], { ranking: { ranks: [1] } }, { before })).toEqual(["answers.ranking.ranks"]);
});

test.each([
  [{ kind: "points", points: 5 }, [1, 5], [0, 6]],
  [{ kind: "points", points: 5 }, [2, 3], [1.5, "3"]],
  [{ kind: "range", min: 0, max: 1, step: 0.1 }, [0.3, 0.7], [0.35, 1.1]],
  [{ kind: "range", min: 0, max: 10, step: 3 }, [9, 10], [-3, 8]],
  [
    {
      kind: "categories",
      categories: [
        { value: "no", name: "No" },
        { value: "yes", name: "Yes" },
      ],
    },
    ["yes", "no"],
    ["Yes", 1],
  ],
] as const)("of the rating scale %j are %j, not %j", (scale, good, bad) => {
  const rating = { id: "rating", type: "rating", aspects, scale } as unknown as Question;
  expect(faults([rating], { rating: { a: [...good], b: [...good] } })).toEqual([]);
  expect(faults([rating], { rating: { a: [...bad], b: [good[0], null] } })).toEqual([
    "answers.rating.a.0",
    "answers.rating.a.1",
    "answers.rating.b.1",
  ]);
});

test("yes or no is said of every completion", () => {
  const binary: Question = { id: "ok", type: "binary", name: "Correct", definition: "", kind: "correct" };
  expect(faults([binary], { ok: { values: [true, false] } })).toEqual([]);
  expect(faults([binary], { ok: { values: [true] } })).toEqual(["answers.ok.values.1"]);
});

const spans: Question = {
  ...{ id: "spans", type: "spans", name: "Errors", definition: "", onPrompt: true },
  categories: [{ id: "wrong", name: "Wrong", definition: "" }],
  severities: ["minor", "major"],
};
const span = { on: 0, start: 1, end: 2, category: "wrong", severity: "minor" };

test("spans lie inside of their text in code points, with a category and a severity that are asked for", () => {
  const answer = (...marked: object[]) => ({ spans: { covered: [0, 1], spans: marked as (typeof span)[] } });
  expect(faults([spans], answer())).toEqual([]);
  expect(faults([spans], answer(span, { ...span, on: "prompt", end: 4 }))).toEqual([]);
  expect(
    faults([spans], answer({ ...span, end: 3 }, { ...span, start: 2 }, { ...span, on: 1, start: 0, end: 1 })),
  ).toEqual([0, 1, 2].map((index) => `answers.spans.spans.${index}.end`));
  expect(faults([spans], answer({ ...span, category: "x", severity: undefined }, { ...span, on: 2 }))).toEqual([
    "answers.spans.spans.0.category",
    "answers.spans.spans.0.severity",
    "answers.spans.spans.1.on",
  ]);
  expect(faults([spans], { spans: { covered: [1, 1, 7], spans: [] } })).toEqual(Array(3).fill("answers.spans.covered"));
});

test("spans are whole units where their category says so, and a fault says what would be", () => {
  const text = "😀 It is high. It has a light.";
  const before: Shown = { ...shown, order: [0], completions: [{ text, steps: [text] }] };
  const units = (["sentence", "text"] as const).map((unit) => ({ id: unit, name: `A ${unit}`, definition: "", unit }));
  const asks: Question = { ...spans, severities: [], categories: [...spans.categories, ...units] };
  const answers = (...marked: [category: string, start: number, end: number][]): Answers => ({
    spans: { covered: [0], spans: marked.map(([category, start, end]) => ({ on: 0, start, end, category })) },
  });
  const fine = answers(
    ["wrong", 3, 5],
    ["sentence", 0, 13],
    ["sentence", 14, 29],
    ["sentence", 0, 29],
    ["text", 0, 29],
  );
  expect(faults([asks], fine, { before })).toEqual([]);
  const wrong = answers(["sentence", 0, 5], ["sentence", 12, 15], ["text", 14, 29], ["sentence", 0, 99]);
  expect(faults([asks], wrong, { before })).toEqual([
    "answers.spans.spans.0.end",
    "answers.spans.spans.1.start",
    "answers.spans.spans.2.start",
    "answers.spans.spans.3.end",
  ]);
  const submit = () => checkAnswers({ questions: [asks], reason: "optional" }, wrong, "", before);
  expect(submit).toThrow(
    "span 2, from 12 to 15, is no whole sentence, as spans of A sentence are; mark it from 0 to 29",
  );
});

test("the characters of a text are counted once, however many spans are on it", () => {
  const text = "a😀".repeat(500);
  const before: Shown = { ...shown, order: [0], completions: [{ text, steps: [text] }] };
  const marked = Array.from({ length: 500 }, (_, start) => ({ ...span, start, end: start + 1 }));
  const reading = vi.spyOn(String.prototype, "charCodeAt");
  const found = faults([spans], { spans: { covered: [0], spans: marked } }, { before });
  const reads = reading.mock.contexts.filter((read) => String(read) === text).length;
  reading.mockRestore();
  expect(found).toEqual([]);
  expect(reads).toBeGreaterThan(0);
  expect(reads).toBeLessThanOrEqual(2 * text.length);
});

test("the prompt is marked only where that is asked, and of a conversation its messages", () => {
  const answers = (on: "prompt" | `message-${number}`, end = 2) => ({
    spans: { covered: [0, 1], spans: [{ ...span, on, end }] },
  });
  const chat = { before: { ...shown, prompt: null, messages: ["", "a😀"] } };
  const [wrongText, wrongEnd] = [["answers.spans.spans.0.on"], ["answers.spans.spans.0.end"]];
  expect(faults([{ ...spans, onPrompt: false }], answers("prompt"))).toEqual(wrongText);
  expect(faults([{ ...spans, onPrompt: false }], answers("message-1"), chat)).toEqual(wrongText);
  expect(faults([spans], answers("prompt"), chat)).toEqual(wrongText);
  expect(faults([spans], answers("message-1"), chat)).toEqual([]);
  expect(faults([spans], answers("message-1", 3), chat)).toEqual(wrongEnd);
  expect(faults([spans], answers("message-0"), chat)).toEqual(wrongEnd);
  expect(faults([spans], answers("message-2"), chat)).toEqual(wrongText);
  expect(faults([spans], answers("message-0"))).toEqual(wrongText);
});

test("every step is judged, and the first error is a bad step or none", () => {
  const steps: Question = { id: "steps", type: "steps", name: "Steps", definition: "", cut: "import", flags: ["slip"] };
  const fine = { labels: ["good" as const], flags: [[]], firstError: null };
  const answer = (first: object) => ({ steps: { completions: [{ ...fine, ...first }, fine] } });
  const at = (...fields: string[]) => fields.map((field) => `answers.steps.completions.0.${field}`);
  expect(faults([steps], answer({ labels: ["good", "bad"], flags: [[], ["slip"]], firstError: 1 }))).toEqual([]);
  expect(faults([steps], answer({ labels: ["good", null], flags: [["x"], []] }))).toEqual(at("labels.1", "flags.0"));
  for (const firstError of [null, 0, 1])
    expect(faults([steps], answer({ labels: ["bad", "bad"], flags: [[], []], firstError }))).toEqual([]);
  expect(faults([steps], answer({ labels: ["good", "good"], flags: [[], []], firstError: 0 }))).toEqual(
    at("firstError"),
  );
  expect(faults([steps], answer({ labels: ["good", "good", "good"], flags: [[]] }))).toEqual(at("labels", "flags"));
});

test("a critique may be left out unless it is required, and then every completion has one", () => {
  const critique: Question = {
    ...{ id: "critique", type: "critique", name: "Critique", definition: "" },
    ...{ isRequired: false, rewrite: "off" },
  };
  const answer = (text: string, rewrite: string | null = null) => ({
    critique: {
      completions: [
        { text, rewrite },
        { text: "Fine.", rewrite: null },
      ],
    },
  });
  expect(faults([critique], {})).toEqual([]);
  expect(faults([critique], answer(""))).toEqual([]);
  expect(faults([critique], answer("", "Better"))).toEqual(["answers.critique.completions.0.rewrite"]);
  expect(faults([{ ...critique, isRequired: true }], answer(" "))).toEqual(["answers.critique.completions.0.text"]);
  expect(faults([{ ...critique, isRequired: true }], {})).toEqual(["answers.critique"]);
  expect(faults([{ ...critique, rewrite: "required" }], answer("", null))).toEqual([
    "answers.critique.completions.1.rewrite",
  ]);
});

test("faults of all questions are named at once, answers to what is not asked and of another shape too", () => {
  const ranking: Question = { id: "order", type: "ranking", name: "Order", definition: "" };
  const answers = { order: { values: [true, true] }, other: { ranks: [1] } };
  expect(faults([defaultComparison, ranking], answers, { asked: "required" })).toEqual([
    "answers.comparison.overall",
    "answers.order",
    "answers.other",
    "reason",
  ]);
});

test("a question whose condition is not met need not be answered, and must not be", () => {
  const ok: Question = { id: "ok", type: "binary", name: "Correct", definition: "", kind: "correct" };
  const order: Question = {
    id: "order",
    type: "ranking",
    name: "Order",
    definition: "",
    when: { question: "ok", is: [false] },
  };
  const ranks = { order: { ranks: [1, 2] } };
  expect(faults([ok, order], { ok: { values: [true, true] } })).toEqual([]);
  expect(faults([ok, order], { ok: { values: [true, true] }, ...ranks })).toEqual(["answers.order"]);
  expect(faults([ok, order], { ok: { values: [true, false] } })).toEqual(["answers.order"]);
  expect(faults([ok, order], { ok: { values: [true, false] }, ...ranks })).toEqual([]);
});
