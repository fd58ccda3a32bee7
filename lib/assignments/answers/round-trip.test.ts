import fc from "fast-check";
import { expect, test } from "vitest";
import { labelPayloads, labelTarget, type LabelTypeName } from "@/lib/labels/schema";
import type { Question, TaskSchema } from "@/lib/projects/schema";
import { answerShapes, type Answer } from "../schema";
import type { Shown } from "./answer-type";
import { checkAnswers } from "./check-answers";
import { readAnswers, readHistory } from "./read-answers";
import { toLabels } from "./to-labels";

const asked = { id: "q", name: "Question", definition: "" };
const aspects = ["a", "b"].map((id) => ({ id, name: id, definition: "" }));
const text = "a😀bc";
const steps = ["a", "😀b", "c"];

/** One question of each type. */
const questions: { [T in LabelTypeName]: Extract<Question, { type: T }> } = {
  comparison: {
    ...{ id: "q", type: "comparison", scale: 7, bothBad: true },
    aspects: [{ ...aspects[0]!, reasons: ["right", "clear", "short"] }, aspects[1]!],
  },
  ranking: { ...asked, type: "ranking" },
  rating: { id: "q", type: "rating", aspects, scale: { kind: "range", min: 0, max: 1, step: 0.01 } },
  binary: { ...asked, type: "binary", kind: "thumb" },
  spans: {
    ...{ ...asked, type: "spans", severities: [], onPrompt: true },
    categories: aspects,
  },
  steps: { ...asked, type: "steps", cut: "import", flags: ["slip"] },
  critique: { ...asked, type: "critique", isRequired: false, rewrite: "optional" },
};

/** An order of two to five completions. */
const orders = fc.integer({ min: 2, max: 5 }).chain((n) =>
  fc.shuffledSubarray(
    Array.from({ length: n }, (_, index) => index),
    { minLength: n },
  ),
);

function shownAs(order: number[]): Shown {
  return { order, completions: order.map(() => ({ text, steps })), prompt: "Why?", messages: ["Why?", "So."] };
}

const each = <T>(n: number, entry: fc.Arbitrary<T>) => fc.array(entry, { minLength: n, maxLength: n });
const byAspect = <T>(entry: fc.Arbitrary<T>) => fc.record({ a: entry, b: entry });
const judged = each(steps.length, fc.constantFrom("good" as const, "neutral" as const, "bad" as const)).chain(
  (labels) =>
    fc.record({
      labels: fc.constant(labels),
      flags: each(steps.length, fc.subarray(["slip"])),
      firstError: fc.constantFrom(null, ...labels.flatMap((label, index) => (label === "bad" ? [index] : []))),
    }),
);
const span = (n: number) =>
  fc.record({
    on: fc.oneof(fc.nat(n - 1), fc.constantFrom("prompt" as const, "message-0" as const, "message-1" as const)),
    start: fc.constant(0),
    end: fc.integer({ min: 1, max: 3 }),
    category: fc.constantFrom("a", "b"),
  });

const choice = fc.oneof(fc.integer({ min: 1, max: 7 }), fc.constant("both-bad" as const));
const reasoned = fc.record({
  choice: fc.constantFrom(1, 3, 5, 7),
  reasons: fc.subarray(["right", "clear", "short"], { minLength: 1 }),
});

/** Answers to so many completions, of each type. */
const answersTo: Record<LabelTypeName, (n: number) => fc.Arbitrary<Answer>> = {
  comparison: () => fc.record({ a: fc.oneof(choice, reasoned), b: choice }),
  ranking: (n) => fc.record({ ranks: each(n, fc.integer({ min: 1, max: n })) }),
  rating: (n) =>
    byAspect(
      each(
        n,
        fc.nat(100).map((hundredths) => hundredths / 100),
      ),
    ),
  binary: (n) => fc.record({ values: each(n, fc.boolean()) }),
  spans: (n) =>
    fc.record({
      covered: fc.constant(Array.from({ length: n }, (_, position) => position)),
      spans: fc.uniqueArray(span(n), { maxLength: 6, selector: (one) => JSON.stringify(one) }),
    }),
  steps: (n) => fc.record({ completions: each(n, judged) }),
  critique: (n) =>
    fc.record({
      completions: each(
        n,
        fc.record({ text: fc.constantFrom("", "Vague."), rewrite: fc.constantFrom(null, "Better.") }),
      ),
    }),
};

test.each(Object.keys(questions) as LabelTypeName[])(
  "any answer of type %s comes back from its labels, whatever the order shown",
  (type) => {
    const taskSchema: TaskSchema = { questions: [questions[type]], reason: "off" };
    const cases = orders.chain((order) => fc.tuple(fc.constant(order), answersTo[type](order.length)));
    fc.assert(
      fc.property(cases, ([order, answer]) => {
        const shown = shownAs(order);
        checkAnswers(taskSchema, { q: answer }, "", shown);
        const { labels, answered } = toLabels(taskSchema, { q: answer }, order);
        const keys = labels.map((label) => JSON.stringify([label.aspect, labelTarget(type, label.payload)]));
        expect(new Set(keys).size).toBe(labels.length);
        for (const { payload, aspect } of labels) {
          expect(labelPayloads[type].parse(payload)).toEqual(payload);
          expect(answered).toContainEqual({ question: "q", aspect });
        }
        const back = readAnswers(taskSchema, labels, shown);
        expect(back).toEqual(labels.length === 0 ? {} : { q: canonical(type, answer) });
        // What comes back is what would be stored again.
        if (labels.length > 0) expect(toLabels(taskSchema, back, order).labels).toEqual(labels);
        for (const said of readHistory(labels, order)) expect(said).toMatchObject({ question: "q", type });
      }),
    );
  },
);

/** The one form of answers that say the same: ranks without gaps, spans in reading order. */
function canonical(type: LabelTypeName, answer: Answer): unknown {
  if (type === "ranking") {
    const { ranks } = answerShapes.ranking.parse(answer);
    const used = [...new Set(ranks)].sort((a, b) => a! - b!);
    return { ranks: ranks.map((rank) => used.indexOf(rank) + 1) };
  }
  if (type !== "spans") return answer;
  const { spans, covered } = answerShapes.spans.parse(answer);
  return { covered, spans: expect.toSatisfy((list: object[]) => sameSet(list, spans)) as unknown };
}

function sameSet(a: object[], b: object[]): boolean {
  const keys = (list: object[]) => list.map((one) => JSON.stringify(Object.entries(one).sort())).sort();
  return JSON.stringify(keys(a)) === JSON.stringify(keys(b));
}

test("known answers in the order B, C, A make these labels", () => {
  const order = [1, 2, 0];
  const labelsOf = (type: LabelTypeName, answer: Answer) =>
    toLabels({ questions: [questions[type]], reason: "off" }, { q: answer }, order).labels.map(
      ({ aspect, payload }) => [aspect, payload] as const,
    );
  expect(labelsOf("ranking", { ranks: [2, 5, 2] })).toEqual([["overall", { ranks: [1, 1, 2] }]]);
  expect(labelsOf("rating", { a: [1, 2, 3], b: ["x", "y", "z"] }).slice(0, 4)).toEqual([
    ["a", { completion: 1, aspect: "a", value: 1 }],
    ["a", { completion: 2, aspect: "a", value: 2 }],
    ["a", { completion: 0, aspect: "a", value: 3 }],
    ["b", { completion: 1, aspect: "b", value: "x" }],
  ]);
  expect(labelsOf("binary", { values: [true, false, true] })).toEqual([
    ["thumb", { completion: 1, value: true, kind: "thumb" }],
    ["thumb", { completion: 2, value: false, kind: "thumb" }],
    ["thumb", { completion: 0, value: true, kind: "thumb" }],
  ]);
  const marked = { start: 0, end: 1, category: "a" };
  expect(
    labelsOf("spans", {
      covered: [0, 1, 2],
      spans: [
        { on: 0, ...marked },
        { on: "message-12", ...marked },
        { on: 2, ...marked },
        { on: "message-3", ...marked },
        { on: "prompt", ...marked },
      ],
    }),
  ).toEqual([
    [
      "overall",
      {
        covered: [0, 1, 2],
        spans: [
          { completion: "prompt", ...marked },
          { completion: "prompt", message: 3, ...marked },
          { completion: "prompt", message: 12, ...marked },
          { completion: 0, ...marked },
          { completion: 1, ...marked },
        ],
      },
    ],
  ]);
  expect(
    labelsOf("critique", {
      completions: [
        { text: "", rewrite: " " },
        { text: "Vague.", rewrite: null },
        { text: "", rewrite: "Better." },
      ],
    }),
  ).toEqual([
    ["overall", { completion: 2, text: "Vague.", quotes: [], rewrite: null }],
    ["overall", { completion: 0, text: "", quotes: [], rewrite: "Better." }],
  ]);
});

test("reasons are stored with the preferred completion, and those that are not offered any more are left out", () => {
  const { labels } = toLabels(
    { questions: [questions.comparison], reason: "off" },
    { q: { a: { choice: 1, reasons: ["short", "right"] }, b: 4 } },
    [1, 0],
  );
  const compared = { pair: [0, 1], bothBad: false, scale: 7 };
  expect(labels.map(({ payload }) => payload)).toEqual([
    { ...compared, preferred: 1, strength: 3, reasons: ["right", "short"] },
    { ...compared, preferred: "tie", strength: 0 },
  ]);
  const fewer = { ...questions.comparison, aspects: aspects.map((one) => ({ ...one, reasons: ["short"] })) };
  const read = (question: Question) => readAnswers({ questions: [question], reason: "off" }, labels, shownAs([1, 0]));
  expect(read(fewer)).toEqual({ q: { a: { choice: 1, reasons: ["short"] }, b: 4 } });
  expect(read({ ...fewer, aspects })).toEqual({ q: { a: 1, b: 4 } });
  const words = { degrees: ["safer"], tie: "As safe" };
  expect(readHistory(labels, [1, 0], () => words)).toEqual([
    { ...{ question: "q", type: "comparison", aspect: "a", answer: 1, scale: 7, words }, reasons: ["right", "short"] },
    { question: "q", type: "comparison", aspect: "b", answer: 4, scale: 7, words },
  ]);
});

test("of answers under another task schema those stay that would be taken again", () => {
  const order = [0, 1];
  const said = toLabels(
    { questions: [questions.rating, { ...questions.binary, id: "ok" }], reason: "off" },
    { q: { a: [0.5, 1], b: [0.25, 1] }, ok: { values: [true, true] } },
    order,
  ).labels;
  const coarse = { ...questions.rating, scale: { kind: "range" as const, min: 0, max: 1, step: 0.5 } };
  expect(readAnswers({ questions: [coarse], reason: "off" }, said, shownAs(order))).toEqual({ q: { a: [0.5, 1] } });
  expect(readAnswers({ questions: [questions.binary], reason: "off" }, said, shownAs(order))).toEqual({});
});
