import { expect, test } from "vitest";
import { taskSchema, type Condition, type Question } from "./schema";

const named = (id: string) => ({ id, name: id, definition: "" });
const ok: Question = { ...named("ok"), type: "binary", kind: "correct" };
const stars: Question = {
  ...{ id: "stars", type: "rating", scale: { kind: "points", points: 5 } },
  aspects: [named("clear")],
};
const marks = (when?: Condition): Question => ({
  ...{ ...named("marks"), type: "spans", severities: [], onPrompt: false, when },
  categories: [named("wrong")],
});
const faultsOf = (questions: Question[], more: object = {}) =>
  taskSchema
    .safeParse({ questions, reason: "off", ...more })
    .error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`) ?? [];

test("a condition names answers that a question before it offers", () => {
  expect(faultsOf([ok, marks({ question: "ok", is: [false] })])).toEqual([]);
  expect(faultsOf([stars, marks({ question: "stars", aspect: "clear", is: [1, 5] })])).toEqual([]);
  expect(faultsOf([marks({ question: "ok", is: [false] }), ok])).toEqual([
    "questions.0.when.question is ok, which is not asked before; put it in front",
  ]);
  expect(faultsOf([ok, marks({ question: "nothing", is: [true] })])).toEqual([
    "questions.1.when.question is nothing, but no question has this id",
  ]);
  expect(faultsOf([stars, marks({ question: "stars", aspect: "short", is: [6, true] })])).toEqual([
    "questions.1.when.aspect is short, which stars does not ask about",
    "questions.1.when.is has 6, true, which stars does not offer",
  ]);
  expect(faultsOf([marks(), { ...ok, when: { question: "marks", is: [true] } }])[0]).toContain(
    "questions.1.when.question is marks; name one of yes or no",
  );
});

test("no text waits for a question that is not always asked, and no critique quotes its spans", () => {
  const when = { question: "ok", is: [true] };
  expect(faultsOf([ok, { ...stars, when }], { reveal: [{ show: "prompt", after: "stars" }] })).toEqual([
    "reveal.0.after is stars, which is not always asked; reveal it after one that is",
  ]);
  const critique: Question = { ...named("why"), type: "critique", isRequired: false, rewrite: "off", quotes: "marks" };
  expect(faultsOf([ok, marks(when), critique])).toEqual([
    "questions.2.quotes is marks, which is not always asked; quote spans of one that is",
  ]);
});
